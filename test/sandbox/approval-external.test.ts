import { createDecipheriv, createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Approval, startApproval } from './approval-client.ts'
import type { Loose } from './world-sandbox.ts'

const links = { pc_link: 'https://oa.example.com/1' }
const i18n_resources = [{ locale: 'zh-CN', is_default: true, texts: [{ key: '@i18n@1', value: '用章申请' }] }]

/** Another system that is told of decisions. */
async function startSystem(): Promise<{ url: string; received: Loose[]; status: number }> {
  const system = { url: '', received: [] as Loose[], status: 200 }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    system.received.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    response.writeHead(system.status).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  system.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return system
}

async function synced(approval: Approval, external: object): Promise<void> {
  await approval.call('POST', '/external_approvals', {
    approval_name: '@i18n@1',
    approval_code: 'seal',
    group_code: 'work_group',
    external: { support_pc: true, ...external },
    viewers: [],
    i18n_resources,
  })
  const made = await approval.call('POST', '/external_instances', {
    approval_code: 'seal',
    status: 'PENDING',
    instance_id: 'oa-1',
    links,
    open_id: approval.person('林小夏').open_id,
    start_time: '1795000000000',
    end_time: '0',
    update_time: '1795000000000',
    task_list: [
      {
        task_id: 't1',
        open_id: approval.person('王岚').open_id,
        links,
        status: 'PENDING',
        create_time: '1795000000000',
        end_time: '0',
        update_time: '1795000000000',
        action_context: 'ctx',
      },
    ],
    i18n_resources,
  })
  expect(made.code).toBe(0)
}

const approve = (approval: Approval) =>
  approval.world.control('approvals/external/oa-1/t1', {
    open_id: approval.person('王岚').open_id,
    action_type: 'APPROVE',
    reason: '可以',
  })

describe('quick approval of another system’s task', () => {
  it('calls that system with what was decided and its token', async () => {
    const [approval, system] = [await startApproval(), await startSystem()]
    await synced(approval, { action_callback_url: system.url, action_callback_token: 'secret' })
    expect((await approve(approval)).status).toBe(200)
    expect(system.received).toEqual([
      expect.objectContaining({
        action_type: 'APPROVE',
        action_context: 'ctx',
        user_id: approval.person('王岚').user_id,
        approval_code: 'seal',
        instance_id: 'oa-1',
        task_id: 't1',
        reason: '可以',
        token: 'secret',
      }),
    ])
  })

  it('encrypts when the definition has a key', async () => {
    const [approval, system] = [await startApproval(), await startSystem()]
    await synced(approval, { action_callback_url: system.url, action_callback_key: 'key' })
    await approve(approval)
    const bytes = Buffer.from(system.received[0].encrypt, 'base64')
    const key = createHash('sha256').update('key').digest()
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16))
    const text = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8')
    expect(JSON.parse(text)).toMatchObject({ action_type: 'APPROVE', task_id: 't1' })
  })

  it('shows a failure of that system, and refuses a definition without an address', async () => {
    const [approval, system] = [await startApproval(), await startSystem()]
    await synced(approval, { action_callback_url: system.url })
    system.status = 500
    expect(await approve(approval)).toMatchObject({ status: 502 })
    await synced(approval, {})
    expect(await approve(approval)).toMatchObject({ status: 400 })
  })
})

describe('another system’s approvals in the lists', () => {
  it('show to approver and applicant, and open in that system', async () => {
    const approval = await startApproval()
    await synced(approval, {})
    const list = async (name: string, tab: string) =>
      (
        await fetch(`${approval.world.url}/_web/approval/list?tab=${tab}`, {
          headers: { 'x-sandbox-person': approval.person(name).open_id },
        })
      ).json() as Promise<Loose>
    const todo = await list('王岚', 'todo')
    expect(todo.counts.todo).toBe(1)
    expect(todo.items).toMatchObject([{ title: '用章申请', status: 'PENDING', link: links.pc_link }])
    expect((await list('林小夏', 'started')).items).toHaveLength(1)
    expect((await list('周宁', 'todo')).items).toEqual([])
  })
})
