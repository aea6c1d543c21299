import { expect } from 'vitest'
import type { ConformanceCase } from '../../case.ts'
import { api, ok, refuses, works } from '../platform-world.ts'
import { list, section, sections } from './task-world.ts'

export const sectionCalls: readonly ConformanceCase[] = [
  works(`POST ${sections}`, 'a section in a list', async (sdk, world) =>
    sdk.task.v2.section.create({
      data: { name: '待确认', resource_type: 'tasklist', resource_id: await list(world) },
    }),
  ),
  refuses(`POST ${sections}`, { code: 1470400 }, 'before and after at once', async (world) => {
    const guid = await list(world)
    const beside = await section(world, guid)
    const body = { name: 'x', resource_type: 'tasklist', resource_id: guid }
    return api(world, 'POST', '/task/v2/sections', {
      body: { ...body, insert_before: beside, insert_after: beside },
    })
  }),
  works(
    `GET ${sections}`,
    'the sections of a list, the default one first',
    async (sdk, world) => {
      const guid = await list(world)
      await section(world, guid)
      return sdk.task.v2.section.list({ params: { resource_type: 'tasklist', resource_id: guid } })
    },
    ({ items }) => expect(items).toMatchObject([{ is_default: true }, { name: '待确认' }]),
  ),
  works(`GET ${sections}/:section_guid`, 'one section', async (sdk, world) =>
    sdk.task.v2.section.get({ path: { section_guid: await section(world) } }),
  ),
  refuses(
    `GET ${sections}/:section_guid`,
    { code: 1470404, status: 404 },
    'a section that does not exist',
    (world) => api(world, 'GET', '/task/v2/sections/none'),
  ),
  works(`PATCH ${sections}/:section_guid`, 'another name', async (sdk, world) =>
    sdk.task.v2.section.patch({
      path: { section_guid: await section(world) },
      data: { section: { name: '已确认' }, update_fields: ['name'] },
    }),
  ),
  works(`DELETE ${sections}/:section_guid`, 'its tasks go to the default section', async (sdk, world) =>
    sdk.task.v2.section.delete({ path: { section_guid: await section(world) } }),
  ),
  refuses(
    `DELETE ${sections}/:section_guid`,
    { code: 1470400 },
    'the default section stays',
    async (world) => {
      const { items } = await ok(world, 'GET', '/task/v2/sections', {
        query: { resource_type: 'tasklist', resource_id: await list(world) },
      })
      return api(world, 'DELETE', `/task/v2/sections/${items[0].guid}`)
    },
  ),
  works(`GET ${sections}/:section_guid/tasks`, 'the tasks of a section', async (sdk, world) =>
    sdk.task.v2.section.tasks({ path: { section_guid: await section(world) } }),
  ),
]
