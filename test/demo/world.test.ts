import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchWorldState, worldFrom } from '#src/demo/world.ts'
import { demo } from '#src/main.ts'
import { buildSandbox } from '../../sandbox/server.ts'

async function sandbox(): Promise<string> {
  const made = await buildSandbox({ seed: 7, settings: { ordersPerMinute: 0 } })
  onTestFinished(() => made.close())
  return made.listen(0)
}

async function answering(body: string): Promise<string> {
  const server = createServer((_request, response) => response.end(body))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('the sandbox’s world as settings', () => {
  it('names everything a real installation would configure', async () => {
    const url = await sandbox()
    const state = await fetchWorldState(url)
    const { config, people } = worldFrom(url, state, demo)
    expect(config.feishu).toMatchObject({
      baseUrl: url,
      appId: state.appId,
      encryptKey: state.encryptKey,
      admin: { openId: expect.stringMatching(/^ou_/) },
      defaultApplicant: expect.stringMatching(/^ou_/),
      operationsChat: expect.stringMatching(/^oc_/),
      refundChat: expect.stringMatching(/^oc_/),
    })
    expect(config.approvals).toEqual({ 'refund-review': state.approvals[0]?.approval_code })
    expect(config.shops.length).toBeGreaterThan(0)
    for (const shop of config.shops) expect(state.chats.map((chat) => chat.chat_id)).toContain(shop.chatId)
    expect(people).toHaveLength(state.users.length)
    for (const role of ['客服', '主管', '管理员'])
      expect(people.some((person) => person.roles.includes(role))).toBe(true)
  })

  it('leaves out what the world does not have', async () => {
    const url = await sandbox()
    const state = await fetchWorldState(url)
    const { config, people } = worldFrom(url, { ...state, users: [], chats: [], approvals: [] }, demo)
    expect(people).toEqual([])
    expect(config.approvals).toEqual({})
    for (const key of ['admin', 'defaultApplicant', 'operationsChat', 'refundChat'])
      expect(config.feishu).not.toHaveProperty(key)
  })

  it.each([
    ['is not JSON', 'hello', 'sandbox_unreachable'],
    ['is something else', '{"status":"ok"}', 'sandbox_unreadable'],
    ['is null', 'null', 'sandbox_unreadable'],
  ])('says so when what answers %s', async (_, body, code) => {
    await expect(answering(body).then(fetchWorldState)).rejects.toMatchObject({ code })
  })

  it('says so when nobody answers', async () => {
    await expect(fetchWorldState('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'sandbox_unreachable' })
  })
})
