import { expect } from 'vitest'
import type { ConformanceCase } from '../../case.ts'
import { api, person, refuses, works } from '../platform-world.ts'
import { list, lists, task } from './task-world.ts'

export const listCalls: readonly ConformanceCase[] = [
  works(`POST ${lists}`, 'a list with its default section', (sdk) =>
    sdk.task.v2.tasklist.create({ data: { name: '周计划' } }),
  ),
  refuses(`POST ${lists}`, { code: 1470400 }, 'no name', (world) =>
    api(world, 'POST', '/task/v2/tasklists', { body: { name: '' } }),
  ),
  works(`GET ${lists}`, 'the lists of the app', (sdk) => sdk.task.v2.tasklist.list({})),
  works(`GET ${lists}/:tasklist_guid`, 'one list', async (sdk, world) =>
    sdk.task.v2.tasklist.get({ path: { tasklist_guid: await list(world) } }),
  ),
  refuses(
    `GET ${lists}/:tasklist_guid`,
    { code: 1470404, status: 404 },
    'a list that does not exist',
    (world) => api(world, 'GET', '/task/v2/tasklists/none'),
  ),
  works(`PATCH ${lists}/:tasklist_guid`, 'another name', async (sdk, world) =>
    sdk.task.v2.tasklist.patch({
      path: { tasklist_guid: await list(world) },
      data: { tasklist: { name: '月计划' }, update_fields: ['name'] },
    }),
  ),
  refuses(`PATCH ${lists}/:tasklist_guid`, { code: 1470400 }, 'a field that is not updated', async (world) =>
    api(world, 'PATCH', `/task/v2/tasklists/${await list(world)}`, {
      body: { tasklist: {}, update_fields: ['members'] },
    }),
  ),
  works(`DELETE ${lists}/:tasklist_guid`, 'it is gone', async (sdk, world) =>
    sdk.task.v2.tasklist.delete({ path: { tasklist_guid: await list(world) } }),
  ),
  works(
    `GET ${lists}/:tasklist_guid/tasks`,
    'the tasks of a list',
    async (sdk, world) => {
      const tasklist_guid = await list(world)
      await task(world, { tasklists: [{ tasklist_guid }] })
      return sdk.task.v2.tasklist.tasks({ path: { tasklist_guid } })
    },
    ({ items }) => expect(items).toMatchObject([{ summary: '回访客人' }]),
  ),
  works(`POST ${lists}/:tasklist_guid/add_members`, 'an editor more', async (sdk, world) =>
    sdk.task.v2.tasklist.addMembers({
      path: { tasklist_guid: await list(world) },
      data: { members: [{ id: person(world).open_id, type: 'user', role: 'editor' }] },
    }),
  ),
  works(`POST ${lists}/:tasklist_guid/remove_members`, 'an editor less', async (sdk, world) =>
    sdk.task.v2.tasklist.removeMembers({
      path: { tasklist_guid: await list(world) },
      data: { members: [{ id: person(world).open_id, type: 'user', role: 'editor' }] },
    }),
  ),
]
