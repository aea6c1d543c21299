import { expect } from 'vitest'
import type { ConformanceArea, ConformanceCase, ConformanceWorld } from '../case.ts'
import { data, done, newBase, refused, rested, works } from './bitable-place.ts'
import { mediaCases } from './drive-medias.ts'
import { permissionCases } from './drive-permissions.ts'

const files = '/open-apis/drive/v1/files'
const bitable = { type: 'bitable' as const }

const somebody = (world: ConformanceWorld): string =>
  world.sandbox.kernel.state<{ people: { open_id: string }[] }>('contact', () => ({ people: [] })).people[0]
    ?.open_id ?? ''

const subscription = (name: string) => `${files}/:file_token/${name}`
const typed = { file_type: 'bitable' as const }

const subscriptionCases: ConformanceCase[] = [
  works(`POST ${subscription('subscribe')}`, 'subscribes to a base', async ({ sdk }, known) => {
    data(await sdk.drive.v1.file.subscribe({ path: { file_token: known.app_token }, params: typed }))
  }),
  works(
    `GET ${subscription('get_subscribe')}`,
    'tells whether the app is subscribed',
    async ({ sdk }, known) => {
      const got = await sdk.drive.v1.file.getSubscribe({
        path: { file_token: known.app_token },
        params: typed,
      })
      expect(data(got)).toEqual({ is_subscribe: true })
    },
  ),
  works(`DELETE ${subscription('delete_subscribe')}`, 'ends a subscription', async ({ sdk }, known) => {
    const path = { file_token: known.app_token }
    data(await sdk.drive.v1.file.deleteSubscribe({ path, params: typed }))
    expect(data(await sdk.drive.v1.file.getSubscribe({ path, params: typed }))).toEqual({
      is_subscribe: false,
    })
  }),
  ...[
    `POST ${subscription('subscribe')}`,
    `GET ${subscription('get_subscribe')}`,
    `DELETE ${subscription('delete_subscribe')}`,
  ].map((endpoint) =>
    refused({ endpoint, code: 1069604, status: 400, why: 'for a document nobody has', query: typed }),
  ),
  works(
    `POST ${subscription('subscribe')}`,
    'answers 1069603 with HTTP 403 for a base the app cannot manage',
    async (world) => {
      const made = (await world.control('bases', { open_id: somebody(world), name: '人的表' })) as {
        app_token: string
      }
      await world.control(`bases/${made.app_token}/share`, { perm: 'edit' })
      const path = `${files}/${made.app_token}/subscribe`
      expect(await world.call('POST', path, { query: typed })).toMatchObject({
        status: 403,
        json: { code: 1069603 },
      })
    },
    'error',
  ),
]

const fileCases: ConformanceCase[] = [
  works('GET /open-apis/drive/explorer/v2/root_folder/meta', 'names the root folder', async (world) => {
    expect(await done(world, 'GET', '/open-apis/drive/explorer/v2/root_folder/meta')).toMatchObject({
      token: expect.stringMatching(/^nod/),
    })
  }),
  works(`POST ${files}/create_folder`, 'makes a folder', async ({ sdk }) => {
    const made = data(await sdk.drive.v1.file.createFolder({ data: { name: '归档', folder_token: '' } }))
    expect(made).toMatchObject({ token: expect.stringMatching(/^fld/), url: expect.any(String) })
  }),
  works(`GET ${files}`, 'lists folders and bases', async ({ sdk }) => {
    const got = data(await sdk.drive.v1.file.list({ params: { page_size: 50 } }))
    expect(got.files.map((file: { type: string }) => file.type)).toEqual(
      expect.arrayContaining(['folder', 'bitable']),
    )
  }),
  works(`POST ${files}/:file_token/copy`, 'copies a base into a folder', async (world, known) => {
    const folder = (await done(world, 'POST', `${files}/create_folder`, { name: '副本夹', folder_token: '' }))
      .token
    const path = { file_token: known.app_token }
    const sent = { name: '副本', type: 'bitable' as const, folder_token: folder }
    const copied = data(await world.sdk.drive.v1.file.copy({ path, data: sent }))
    expect(copied.file).toMatchObject({ name: '副本', type: 'bitable', parent_token: folder })
  }),
  works(`POST ${files}/:file_token/move`, 'moves a base', async (world, known) => {
    const folder = (await done(world, 'POST', `${files}/create_folder`, { name: '移动夹', folder_token: '' }))
      .token
    const path = { file_token: known.app_token }
    data(await world.sdk.drive.v1.file.move({ path, data: { type: 'bitable', folder_token: folder } }))
    const inside = data(await world.sdk.drive.v1.file.list({ params: { folder_token: folder } }))
    expect(inside.files).toMatchObject([{ token: known.app_token }])
  }),
  works(`DELETE ${files}/:file_token`, 'deletes a base', async (world) => {
    const app_token = await newBase(world, '删掉')
    data(await world.sdk.drive.v1.file.delete({ path: { file_token: app_token }, params: bitable }))
    const gone = await world.call('GET', `/open-apis/bitable/v1/apps/${app_token}`)
    expect(gone.json.code).toBe(1254040)
  }),
  works(`GET ${files}/task_check`, 'tells how the deletion of a folder goes', async (world) => {
    const folder = (await done(world, 'POST', `${files}/create_folder`, { name: '空夹', folder_token: '' }))
      .token
    const { task_id } = await done(world, 'DELETE', `${files}/${folder}?type=folder`)
    await rested(world)
    const got = await world.sdk.drive.v1.file.taskCheck({ params: { task_id } })
    expect(data(got)).toEqual({ status: 'success' })
  }),
  refused({
    endpoint: `POST ${files}/create_folder`,
    code: 1061002,
    status: 400,
    why: 'for an empty name',
    body: { name: '', folder_token: '' },
  }),
  refused({
    endpoint: `POST ${files}/create_folder`,
    code: 1061003,
    status: 404,
    why: 'for a folder nobody has',
    body: { name: 'x', folder_token: 'fldNone' },
  }),
  refused({
    kind: 'limit',
    endpoint: `POST ${files}/create_folder`,
    code: 1061002,
    status: 400,
    why: 'above 256 bytes of name',
    body: { name: '长'.repeat(86), folder_token: '' },
  }),
  refused({
    endpoint: `GET ${files}`,
    code: 1061003,
    status: 404,
    why: 'for a folder nobody has',
    query: { folder_token: 'fldNone' },
  }),
  refused({
    endpoint: `POST ${files}/:file_token/copy`,
    code: 1061003,
    status: 404,
    why: 'for a file nobody has',
    body: { name: 'x', type: 'bitable', folder_token: '' },
  }),
  refused({
    endpoint: `POST ${files}/:file_token/move`,
    code: 1061003,
    status: 404,
    why: 'for a file nobody has',
    body: { type: 'bitable', folder_token: '' },
  }),
  refused({
    endpoint: `DELETE ${files}/:file_token`,
    code: 1061003,
    status: 404,
    why: 'for a file nobody has',
    query: bitable,
  }),
  refused({
    endpoint: `GET ${files}/task_check`,
    code: 1061003,
    status: 404,
    why: 'for a task nobody has',
    query: { task_id: '1' },
  }),
  works(
    'POST /open-apis/drive/v1/metas/batch_query',
    'tells title, owner and address',
    async ({ sdk }, known) => {
      const sent = {
        request_docs: [{ doc_token: known.app_token, doc_type: 'bitable' as const }],
        with_url: true,
      }
      expect(data(await sdk.drive.v1.meta.batchQuery({ data: sent })).metas).toMatchObject([
        { title: '合规', url: expect.any(String) },
      ])
    },
  ),
  refused({
    kind: 'limit',
    endpoint: 'POST /open-apis/drive/v1/metas/batch_query',
    code: 970002,
    status: 400,
    why: 'above 200 documents',
    body: { request_docs: Array.from({ length: 201 }, () => ({ doc_token: 'x', doc_type: 'bitable' })) },
  }),
]

/** drive/v1 and v2: collaborators, links, subscriptions, folders and files, uploads. */
export const driveCases: ConformanceArea = {
  area: 'drive',
  cases: [...permissionCases, ...subscriptionCases, ...fileCases, ...mediaCases],
}
