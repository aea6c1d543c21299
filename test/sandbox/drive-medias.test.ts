import { describe, expect, it } from 'vitest'
import { adler32 } from '../../sandbox/feishu/drive/adler32.ts'
import { type BitableSandbox, makeTable, startBitable, uploadFile } from './bitable-sandbox.ts'

const block = 4 * 1024 * 1024

function form(fields: Record<string, string>, bytes: Buffer | string): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  data.set('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), 'x.bin')
  return data
}

async function upload(sandbox: BitableSandbox, fields: Record<string, string>, bytes: Buffer | string) {
  const answer = await sandbox.send('POST', '/drive/v1/medias/upload_all', form(fields, bytes))
  if (answer.status !== 429) return answer
  await sandbox.kernel.clock.advance(1_000)
  return sandbox.send('POST', '/drive/v1/medias/upload_all', form(fields, bytes))
}

async function prepare() {
  const sandbox = await startBitable({ frozen: true })
  const made = await makeTable(sandbox, [
    { field_name: '单号', type: 1 },
    { field_name: '凭证', type: 17 },
  ])
  const fields = { file_name: '凭证.png', parent_type: 'bitable_image', parent_node: made.base, size: '5' }
  return { sandbox, made, fields }
}

async function download(sandbox: BitableSandbox, path: string, headers: Record<string, string> = {}) {
  const { token } = sandbox.kernel.tokens.issue()
  return fetch(`${sandbox.url}/open-apis${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
}

describe('uploads', () => {
  it('come back whole, in parts, and through a link that lives 24 hours', async () => {
    const { sandbox, fields } = await prepare()
    const sent = await upload(sandbox, { ...fields, checksum: adler32(Buffer.from('hello')) }, 'hello')
    expect(sent.code).toBe(0)
    const token: string = sent.data.file_token
    const whole = await download(sandbox, `/drive/v1/medias/${token}/download`)
    expect([whole.status, await whole.text(), whole.headers.get('content-type')]).toEqual([
      200,
      'hello',
      'image/png',
    ])
    expect(whole.headers.get('content-disposition')).toContain(encodeURIComponent('凭证.png'))
    const some = await download(sandbox, `/drive/v1/medias/${token}/download`, { range: 'bytes=1-3' })
    expect([some.status, await some.text()]).toEqual([206, 'ell'])
    const links = await sandbox.send(
      'GET',
      `/drive/v1/medias/batch_get_tmp_download_url?file_tokens=${token}`,
    )
    const [{ tmp_download_url }] = links.data.tmp_download_urls
    expect(await (await fetch(tmp_download_url)).text()).toBe('hello')
    await sandbox.kernel.clock.advance(24 * 3_600_000)
    expect((await fetch(tmp_download_url)).status).toBe(403)
  })

  it('are refused with the documented codes', async () => {
    const { sandbox, fields } = await prepare()
    const cases: [Record<string, string>, number][] = [
      [{ ...fields, file_name: '' }, 1061008],
      [{ ...fields, file_name: 'x'.repeat(251) }, 1061008],
      [{ ...fields, parent_type: 'moon' }, 1061002],
      [{ ...fields, parent_node: 'basNone' }, 1061044],
      [{ ...fields, size: '6' }, 1062009],
      [{ ...fields, checksum: '1' }, 1062008],
      [{ ...fields, size: String(20 * 1024 * 1024 + 1) }, 1061043],
    ]
    for (const [given, code] of cases)
      expect(await upload(sandbox, given, 'hello')).toMatchObject({ status: 400, code })
    expect(await sandbox.send('GET', '/drive/v1/medias/boxNone/download')).toMatchObject({ status: 404 })
  })

  it('come at most five times a second', async () => {
    const { sandbox, fields } = await prepare()
    const answers = []
    for (let n = 0; n < 6; n++)
      answers.push(await sandbox.send('POST', '/drive/v1/medias/upload_all', form(fields, 'hello')))
    expect(answers.map((answer) => answer.code)).toEqual([0, 0, 0, 0, 0, 99991400])
  })

  it('above 20 MB go block by block', async () => {
    const { sandbox, fields } = await prepare()
    const size = 20 * 1024 * 1024 + 7
    const path = '/drive/v1/medias'
    const { data } = await sandbox.send('POST', `${path}/upload_prepare`, { ...fields, size })
    expect(data).toMatchObject({ block_size: block, block_num: 6 })
    const part = async (seq: number, bytes: Buffer) => {
      await sandbox.kernel.clock.advance(1_000)
      const given = { upload_id: data.upload_id, seq: String(seq), size: String(bytes.length) }
      return sandbox.send('POST', `${path}/upload_part`, form(given, bytes))
    }
    const finish = () =>
      sandbox.send('POST', `${path}/upload_finish`, { upload_id: data.upload_id, block_num: 6 })
    expect(await part(6, Buffer.alloc(1))).toMatchObject({ code: 1062011 })
    for (let seq = 0; seq < 5; seq++) expect((await part(seq, Buffer.alloc(block, seq))).code).toBe(0)
    expect(await finish()).toMatchObject({ status: 400, code: 1062010 })
    expect((await part(5, Buffer.alloc(7, 9))).code).toBe(0)
    const done = await finish()
    expect(done.code).toBe(0)
    const answer = await download(sandbox, `${path}/${done.data.file_token}/download`, {
      range: `bytes=${size - 8}-`,
    })
    expect([...Buffer.from(await answer.arrayBuffer())]).toEqual([4, 9, 9, 9, 9, 9, 9, 9])
    expect(await finish()).toMatchObject({ code: 1061021 })
  })

  it('only go into cells of their own base, and need `extra` under advanced permissions', async () => {
    const { sandbox, made } = await prepare()
    const other = await makeTable(sandbox, [
      { field_name: '单号', type: 1 },
      { field_name: '凭证', type: 17 },
    ])
    const token = await uploadFile(sandbox, made.base, '回执.txt')
    const fields = { 凭证: [{ file_token: token }] }
    expect(await sandbox.call('POST', `${other.path}/records`, { fields })).toMatchObject({ code: 1254303 })
    expect((await sandbox.call('POST', `${made.path}/records`, { fields })).code).toBe(0)
    await sandbox.call('PUT', `/${made.base}`, { is_advanced: true })
    const path = `/drive/v1/medias/${token}/download`
    expect((await download(sandbox, path)).status).toBe(400)
    const extra = encodeURIComponent(JSON.stringify({ bitablePerm: { tableId: made.table, rev: 1 } }))
    expect((await download(sandbox, `${path}?extra=${extra}`)).status).toBe(200)
    const { data } = await sandbox.call('POST', `${made.path}/records/search`, {})
    const [shown] = data.items[0].fields.凭证
    expect((await download(sandbox, shown.url.split('/open-apis')[1])).status).toBe(200)
  })
})
