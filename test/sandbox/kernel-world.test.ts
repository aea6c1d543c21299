import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createKernel } from '../../sandbox/kernel/create-kernel.ts'
import { buildSandbox } from '../../sandbox/server.ts'
import { type Loose, sdkClient } from './kernel-sandbox.ts'

async function startWorld() {
  const sandbox = await buildSandbox({ seed: 3 })
  const url = await sandbox.listen(0)
  onTestFinished(() => sandbox.close())
  const get = async (path: string): Promise<Loose> => (await fetch(`${url}/_control/${path}`)).json()
  const post = async (path: string, body: unknown): Promise<Loose> => {
    const headers = { 'content-type': 'application/json' }
    return (
      await fetch(`${url}/_control/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()
  }
  return { sandbox, client: sdkClient(url, sandbox.kernel), get, post }
}

const codeOf = (error: Loose) => ({ status: error.response?.status, code: error.response?.data?.code })

describe('the whole sandbox', () => {
  it('describes what a product needs to connect', async () => {
    const { get } = await startWorld()
    const state = await get('state')
    expect(state.appId).toMatch(/^cli_[0-9a-f]{16}$/)
    for (const key of ['worldId', 'appSecret', 'encryptKey', 'verificationToken'])
      expect(state[key]).toBeTruthy()
    expect(state.users[0]).toMatchObject({
      open_id: expect.stringMatching(/^ou_/),
      user_id: expect.any(String),
      name: expect.any(String),
    })
    expect(state.chats[0]).toMatchObject({ chat_id: expect.stringMatching(/^oc_/), name: expect.any(String) })
    expect(state.approvals[0]).toMatchObject({ approval_code: expect.any(String), name: expect.any(String) })
    expect(Array.isArray(state.bases)).toBe(true)
  })

  it('starts another world on reset, with the same keys and the same story for the same seed', async () => {
    const { get, post, client } = await startWorld()
    const before = await get('state')
    await client.bitable.v1.app.create({ data: { name: '将被清空' } })
    expect((await get('state')).bases).toHaveLength(1)
    const { worldId } = await post('reset', { seed: 3 })
    const after = await get('state')
    expect(after.worldId).toBe(worldId)
    expect(worldId).not.toBe(before.worldId)
    expect(after).toMatchObject({ appId: before.appId, appSecret: before.appSecret, bases: [] })
    expect(after.users).toEqual(before.users)
    expect((await post('reset', { seed: 'x' })).msg).toContain('seed')
  })
})

describe('documents', () => {
  it('are shared with people and groups, handed over, and watched', async () => {
    const { client, get } = await startWorld()
    const { users, chats } = await get('state')
    const token =
      (await client.bitable.v1.app.create({ data: { name: '订单库' } })).data?.app?.app_token ?? ''
    const params = { type: 'bitable' as const }
    const add = (member_id: string, member_type: 'openid' | 'openchat', perm: 'view' | 'full_access') =>
      client.drive.v1.permissionMember.create({
        path: { token },
        params,
        data: { member_type, member_id, perm },
      })
    await add(users[0].open_id, 'openid', 'view')
    await add(users[0].open_id, 'openid', 'full_access')
    await add(chats[0].chat_id, 'openchat', 'view')
    const members = await client.drive.v1.permissionMember.list({ path: { token }, params })
    expect(members.data?.items).toMatchObject([
      { member_id: users[0].open_id, perm: 'full_access', name: users[0].name },
      { member_id: chats[0].chat_id, type: 'chat', name: chats[0].name },
    ])
    expect(await add('ou_nobody', 'openid', 'view').catch(codeOf)).toEqual({ status: 400, code: 1063001 })

    const watch = { path: { file_token: token }, params: { file_type: 'bitable' as const } }
    await client.drive.v1.file.subscribe(watch)
    expect((await client.drive.v1.file.getSubscribe(watch)).data?.is_subscribe).toBe(true)
    await client.drive.v1.file.deleteSubscribe(watch)
    expect((await client.drive.v1.file.getSubscribe(watch)).data?.is_subscribe).toBe(false)
    const unknown = { ...watch, path: { file_token: 'nothing' } }
    expect(await client.drive.v1.file.subscribe(unknown).catch(codeOf)).toEqual({
      status: 400,
      code: 1069604,
    })

    await client.drive.v1.permissionMember.transferOwner({
      path: { token },
      params,
      data: { member_type: 'openid', member_id: users[1].open_id },
    })
    const metas = await client.drive.v1.meta.batchQuery({
      data: {
        request_docs: [
          { doc_token: token, doc_type: 'bitable' },
          { doc_token: 'nothing', doc_type: 'bitable' },
        ],
      },
    })
    expect(metas.data).toMatchObject({
      metas: [{ doc_token: token, title: '订单库', owner_id: users[1].open_id }],
      failed_list: [{ token: 'nothing' }],
    })
  })
})

it('a world saved by another version is refused with the remedy, and left as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-format-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const first = createKernel({ statePath: folder })
  await first.start()
  await first.close()
  const file = join(folder, 'world.json')
  const saved = JSON.parse(readFileSync(file, 'utf8'))
  const old = JSON.stringify({ ...saved, format: 0 })
  writeFileSync(file, old)
  expect(() => createKernel({ statePath: folder })).toThrow(/另一个版本.*--reset/)
  expect(readFileSync(file, 'utf8')).toBe(old)
})
