import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listUsers } from '../../sandbox/feishu/contact/index.ts'
import { addChat } from '../../sandbox/feishu/im/index.ts'
import { wikiState } from '../../sandbox/feishu/wiki/wiki-state.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import type { Loose } from './kernel-sandbox.ts'

describe('who may read wikis and documents', () => {
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  const person = (name: string) => {
    const found = listUsers(sandbox.kernel).find((one) => one.name === name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
  }
  async function api(method: string, path: string, body?: unknown): Promise<Loose> {
    await sandbox.kernel.clock.advance(1_000)
    const answer = await fetch(`${url}/open-apis${path}`, {
      method,
      headers: {
        authorization: `Bearer ${sandbox.kernel.tokens.issue().token}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return answer.json()
  }
  const see = (path: string, name: string) =>
    fetch(`${url}/_web/${path}`, { headers: { 'x-sandbox-person': person(name).open_id } })

  it('the app sees a wiki once a group with its bot becomes a member', async () => {
    const { kernel } = sandbox
    const closed = wikiState(kernel).spaces.find((space) => space.name === '财务内部')
    expect((await api('GET', `/wiki/v2/spaces/${closed?.space_id}`)).code).toBe(131006)
    const chat = addChat(kernel, { name: '财务群', members: [person('赵敏').open_id], bot: true })
    closed?.members.push({ member_type: 'openchat', member_id: chat.chat_id, member_role: 'member' })
    expect((await api('GET', `/wiki/v2/spaces/${closed?.space_id}`)).code).toBe(0)
  })

  it('a document of the app is seen by nobody until it is shared', async () => {
    const { data } = await api('POST', '/docx/v1/documents', { title: '日报' })
    const id = data.document.document_id
    expect((await see(`docs/docx/${id}`, '林小夏')).status).toBe(403)
    const shared = await api(
      'POST',
      `/drive/v1/permissions/${id}/members?type=docx&need_notification=false`,
      { member_type: 'openid', member_id: person('林小夏').open_id, perm: 'view', type: 'user' },
    )
    expect(shared.code).toBe(0)
    expect((await see(`docs/docx/${id}`, '林小夏')).status).toBe(200)
    expect((await see(`docs/docx/${id}`, '周宁')).status).toBe(403)
  })

  it('serves pictures of a document only, and nothing that could run', async () => {
    const { data } = await api('POST', '/docx/v1/documents', { title: '图' })
    const answer = await see(`docs/media/${data.document.document_id}/boxnone`, '林小夏')
    expect(answer.status).toBe(403)
  })
})
