import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../case.ts'
import { data, done, type Place, refused, rested, works } from './bitable-place.ts'

const medias = '/open-apis/drive/v1/medias'

function upload(known: Place, bytes: Buffer) {
  return {
    file_name: '凭证.txt',
    parent_type: 'bitable_file' as const,
    parent_node: known.app_token,
    size: bytes.length,
    file: bytes,
  }
}

function form(fields: Record<string, string>, text: string): FormData {
  const sent = new FormData()
  for (const [name, value] of Object.entries(fields)) sent.set(name, value)
  sent.set('file', new Blob([text]), 'x.txt')
  return sent
}

async function uploaded(world: ConformanceWorld, known: Place): Promise<string> {
  await rested(world)
  const answer = await world.sdk.drive.v1.media.uploadAll({ data: upload(known, Buffer.from('hello')) })
  return String(answer?.file_token)
}

/** Uploads and downloads. */
export const mediaCases: ConformanceCase[] = [
  works(`POST ${medias}/upload_all`, 'takes a file for a base', async (world, known) => {
    expect(await uploaded(world, known)).toMatch(/^boxcn/)
  }),
  works(`GET ${medias}/:file_token/download`, 'gives it back', async (world, known) => {
    const file_token = await uploaded(world, known)
    const { token: access } = world.sandbox.kernel.tokens.issue()
    const extra = encodeURIComponent(JSON.stringify({ bitablePerm: { tableId: known.table_id, rev: 1 } }))
    const answer = await fetch(`${world.url}${medias}/${file_token}/download?extra=${extra}`, {
      headers: { authorization: `Bearer ${access}` },
    })
    expect([answer.status, await answer.text()]).toEqual([200, 'hello'])
    // The base has advanced permissions: without `extra` the platform answers 400.
    expect((await world.call('GET', `${medias}/${file_token}/download`)).status).toBe(400)
  }),
  works(
    `GET ${medias}/batch_get_tmp_download_url`,
    'gives links that need no token',
    async (world, known) => {
      const file_token = await uploaded(world, known)
      const extra = JSON.stringify({ bitablePerm: { tableId: known.table_id, rev: 1 } })
      const params = { file_tokens: [file_token], extra }
      const got = data(await world.sdk.drive.v1.media.batchGetTmpDownloadUrl({ params }))
      expect(await (await fetch(got.tmp_download_urls[0].tmp_download_url)).text()).toBe('hello')
    },
  ),
  works(`POST ${medias}/upload_prepare`, 'starts an upload in blocks of 4 MB', async ({ sdk }, known) => {
    const { file: _file, ...target } = upload(known, Buffer.alloc(0))
    const started = data(await sdk.drive.v1.media.uploadPrepare({ data: { ...target, size: 25_000_000 } }))
    expect(started).toMatchObject({ block_size: 4_194_304, block_num: 6 })
  }),
  works(`POST ${medias}/upload_part`, 'takes a block', async (world, known) => {
    const { file: _file, ...target } = upload(known, Buffer.from('hello'))
    const { upload_id } = await done(world, 'POST', `${medias}/upload_prepare`, target)
    await rested(world)
    const answer = await world.call('POST', `${medias}/upload_part`, {
      body: form({ upload_id, seq: '0', size: '5' }, 'hello'),
    })
    expect(answer.json.code).toBe(0)
  }),
  works(`POST ${medias}/upload_finish`, 'puts the blocks together', async (world, known) => {
    const { file: _file, ...target } = upload(known, Buffer.from('hello'))
    const { upload_id } = await done(world, 'POST', `${medias}/upload_prepare`, target)
    const missing = await world.call('POST', `${medias}/upload_finish`, { body: { upload_id, block_num: 1 } })
    expect(missing).toMatchObject({ status: 400, json: { code: 1062010 } })
    await world.call('POST', `${medias}/upload_part`, {
      body: form({ upload_id, seq: '0', size: '5' }, 'hello'),
    })
    expect(
      (await done(world, 'POST', `${medias}/upload_finish`, { upload_id, block_num: 1 })).file_token,
    ).toMatch(/^boxcn/)
  }),
  works(
    `POST ${medias}/upload_all`,
    'answers its documented codes',
    async (world, known) => {
      const fields = {
        file_name: 'a.txt',
        parent_type: 'bitable_file',
        parent_node: known.app_token,
        size: '5',
      }
      const wrong: [Record<string, string>, number][] = [
        [{ file_name: '' }, 1061008],
        [{ parent_type: 'moon' }, 1061002],
        [{ parent_node: 'basNone' }, 1061044],
        [{ size: '6' }, 1062009],
        [{ checksum: '1' }, 1062008],
      ]
      for (const [change, code] of wrong) {
        await rested(world)
        const answer = await world.call('POST', `${medias}/upload_all`, {
          body: form({ ...fields, ...change }, 'hello'),
        })
        expect(answer).toMatchObject({ status: 400, json: { code } })
      }
    },
    'error',
  ),
  works(
    `POST ${medias}/upload_all`,
    'answers 1061043 above 20 MB and 1061008 above 250 characters of name',
    async (world, known) => {
      const fields = {
        file_name: 'a.txt',
        parent_type: 'bitable_file',
        parent_node: known.app_token,
        size: '20971521',
      }
      const large = await world.call('POST', `${medias}/upload_all`, { body: form(fields, 'x') })
      expect(large).toMatchObject({ status: 400, json: { code: 1061043 } })
      const long = form({ ...fields, size: '1', file_name: 'x'.repeat(251) }, 'x')
      expect(await world.call('POST', `${medias}/upload_all`, { body: long })).toMatchObject({
        status: 400,
        json: { code: 1061008 },
      })
    },
    'limit',
  ),
  refused({
    endpoint: `GET ${medias}/:file_token/download`,
    code: 1061003,
    status: 404,
    why: 'for a file nobody has',
  }),
  refused({
    kind: 'limit',
    endpoint: `GET ${medias}/batch_get_tmp_download_url`,
    code: 1061002,
    status: 400,
    why: 'above five files',
    query: { file_tokens: 'a,b,c,d,e,f' },
  }),
  refused({
    endpoint: `POST ${medias}/upload_finish`,
    code: 1061021,
    status: 400,
    why: 'for an upload nobody started',
    body: { upload_id: 'x', block_num: 1 },
  }),
  refused({
    endpoint: `POST ${medias}/upload_prepare`,
    code: 1061044,
    status: 400,
    why: 'for a parent nobody has',
    body: { file_name: 'a', parent_type: 'bitable_file', parent_node: 'basNone', size: 1 },
  }),
  works(
    `POST ${medias}/upload_part`,
    'answers 1061021 for an upload nobody started',
    async (world) => {
      const answer = await world.call('POST', `${medias}/upload_part`, {
        body: form({ upload_id: 'x', seq: '0', size: '1' }, 'x'),
      })
      expect(answer).toMatchObject({ status: 400, json: { code: 1061021 } })
    },
    'error',
  ),
]
