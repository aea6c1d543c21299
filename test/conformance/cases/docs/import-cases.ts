import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld, RawAnswer } from '../../case.ts'
import { api, asUser, freshSdk, ok, refuses, userToken, works } from '../platform-world.ts'

const create = 'POST /open-apis/drive/v1/import_tasks'
const read = `${create.replace('POST', 'GET')}/:ticket`
const objects = '/open-apis/suite/docs-api/search/object'

async function upload(world: ConformanceWorld, name = '说明.md'): Promise<string> {
  await world.advance(1_000)
  const file = Buffer.from('# 退款说明\n\n- 先看订单\n- 再看金额\n')
  const data = {
    file_name: name,
    parent_type: 'ccm_import_open',
    parent_node: '/',
    size: file.length,
    file,
    extra: JSON.stringify({ obj_type: 'docx', file_extension: 'md' }),
  }
  return (await freshSdk(world).drive.v1.media.uploadAll({ data })).file_token
}

const start = (world: ConformanceWorld, wanted: Record<string, unknown>): Promise<RawAnswer> =>
  api(world, 'POST', '/drive/v1/import_tasks', {
    body: { file_extension: 'md', type: 'docx', point: { mount_type: 1, mount_key: '' }, ...wanted },
  })

export const importCases: readonly ConformanceCase[] = [
  works(
    create,
    'starts to make a document of an uploaded file',
    async (sdk, world) =>
      sdk.drive.v1.importTask.create({
        data: {
          file_extension: 'md',
          file_token: await upload(world),
          type: 'docx',
          file_name: '退款说明',
          point: { mount_type: 1, mount_key: '' },
        },
      }),
    ({ ticket }) => expect(ticket).toBeTruthy(),
  ),
  works(read, 'tells where the document is, with what the file said', async (sdk, world) => {
    const { json } = await start(world, { file_token: await upload(world) })
    await world.advance(1_000)
    const ticket = String(json.data?.ticket)
    const answer = await sdk.drive.v1.importTask.get({ path: { ticket } })
    expect(answer.data.result).toMatchObject({ job_status: 0, type: 'docx' })
    const { content } = await ok(world, 'GET', `/docx/v1/documents/${answer.data.result.token}/raw_content`)
    expect(content).toContain('再看金额')
    return answer
  }),
  refuses(create, { code: 1069907, status: 404 }, 'a file nobody uploaded', (world) =>
    start(world, { file_token: 'boxnothing' }),
  ),
  refuses(create, { code: 1069910 }, 'another ending than the file has', async (world) =>
    start(world, { file_token: await upload(world), file_extension: 'txt' }),
  ),
  refuses(create, { code: 1069911 }, 'a file that cannot become this', async (world) =>
    start(world, { file_token: await upload(world), type: 'sheet' }),
  ),
  refuses(create, { code: 1069912 }, 'no such folder', async (world) =>
    start(world, { file_token: await upload(world), point: { mount_type: 1, mount_key: 'fldnothing' } }),
  ),
  refuses(create, { code: 1069913 }, 'uploaded more than five minutes ago', async (world) => {
    const file_token = await upload(world)
    await world.advance(6 * 60_000)
    return start(world, { file_token })
  }),
  refuses(read, { code: 1069904 }, 'no such task', (world) =>
    api(world, 'GET', '/drive/v1/import_tasks/nothing'),
  ),
  works(
    `POST ${objects}`,
    'what a person may read, by words',
    (sdk, world) =>
      sdk.request(
        { method: 'POST', url: objects, data: { search_key: '退款规则', count: 5 } },
        asUser(userToken(world)),
      ),
    ({ docs_entities, total }) => {
      expect(total).toBeGreaterThan(0)
      expect(docs_entities[0]).toMatchObject({ docs_type: 'docx' })
    },
  ),
  refuses(`POST ${objects}`, { code: 91402, kind: 'limit' }, 'more than 50 at once', (world) =>
    api(world, 'POST', '/suite/docs-api/search/object', {
      body: { search_key: '退款', count: 51 },
      token: userToken(world),
    }),
  ),
]
