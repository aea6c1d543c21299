import { describe, expect, it } from 'vitest'
import { type Approval, startApproval } from './approval-client.ts'
import type { Loose } from './world-sandbox.ts'

async function subscribed(): Promise<Approval> {
  const approval = await startApproval()
  expect((await approval.call('POST', `/approvals/${approval.code}/subscribe`)).code).toBe(0)
  return approval
}

function told(approval: Approval): string[] {
  return approval.events().map(({ type, event }) => `${type} ${event.status}`)
}

describe('approval events', () => {
  it('come only after subscribing, in one lane per instance, with text times', async () => {
    const approval = await startApproval()
    await approval.apply()
    expect(told(approval)).toEqual([])
    await approval.call('POST', `/approvals/${approval.code}/subscribe`)
    const uuid = '7C468A54-8745-2245-9675-08B7C63E7A87'
    const code = await approval.apply(undefined, { uuid })
    expect(told(approval)).toEqual(['approval_instance PENDING', 'approval_task PENDING'])
    const [instance, task] = approval.events()
    expect(instance).toMatchObject({
      schema: '1.0',
      lane: code,
      event: { type: 'approval_instance', approval_code: approval.code, instance_code: code, uuid },
    })
    expect(instance.event.operate_time).toMatch(/^\d{13}$/)
    expect(task).toMatchObject({
      lane: code,
      event: { open_id: approval.person('王岚').open_id, custom_key: 'supervisor_review', status: 'PENDING' },
    })
    expect(task.event.task_id).toMatch(/^\d+$/)
  })

  it('subscribing twice is 1390007, and unsubscribing silences', async () => {
    const approval = await subscribed()
    expect(await approval.call('POST', `/approvals/${approval.code}/subscribe`)).toMatchObject({
      status: 400,
      code: 1390007,
    })
    expect((await approval.call('POST', `/approvals/${approval.code}/unsubscribe`)).code).toBe(0)
    expect((await approval.call('POST', `/approvals/${approval.code}/unsubscribe`)).code).toBe(1390007)
    await approval.apply()
    expect(told(approval)).toEqual([])
  })
})

describe('deciding', () => {
  it('approved by the supervisor in the client', async () => {
    const approval = await subscribed()
    const code = await approval.apply()
    const { open_id } = approval.person('王岚')
    const answer = await approval.world.control(`approvals/${code}/approve`, { open_id, comment: '同意' })
    expect(answer.body).toEqual({ instance_code: code, status: 'APPROVED' })
    expect(told(approval).slice(2)).toEqual(['approval_task APPROVED', 'approval_instance APPROVED'])
    const data = await approval.instance(code)
    expect(data.status).toBe('APPROVED')
    expect(Number(data.end_time)).toBeGreaterThan(0)
    expect(data.timeline.map((entry: Loose) => entry.type)).toEqual(['START', 'PASS'])
    expect(data.timeline[1]).toMatchObject({ open_id, comment: '同意', task_id: data.task_list[0].id })
  })

  it('rejected, and decided a second time by nobody', async () => {
    const approval = await subscribed()
    const code = await approval.apply()
    const { open_id } = approval.person('王岚')
    await approval.world.control(`approvals/${code}/reject`, { open_id, comment: '券已核销' })
    expect(told(approval).slice(2)).toEqual(['approval_task REJECTED', 'approval_instance REJECTED'])
    const late = await approval.world.control(`approvals/${code}/approve`, { open_id })
    expect(late).toMatchObject({ status: 400, body: { code: 1390010 } })
    expect((await approval.instance(code)).status).toBe('REJECTED')
  })

  it('only by the person whose task it is', async () => {
    const approval = await startApproval()
    const code = await approval.apply()
    const wrong = await approval.world.control(`approvals/${code}/approve`, {
      open_id: approval.person('林小夏').open_id,
    })
    expect(wrong).toMatchObject({ status: 400, body: { code: 1390010 } })
    expect((await approval.instance(code)).status).toBe('PENDING')
  })

  it('through the API needs the current task and its owner; a processed task is not found', async () => {
    const approval = await startApproval()
    const instance_code = await approval.apply()
    const [task] = (await approval.instance(instance_code)).task_list
    const body = {
      approval_code: approval.code,
      instance_code,
      task_id: task.id,
      user_id: approval.person('王岚').user_id,
    }
    const path = '/tasks/approve?user_id_type=user_id'
    expect(
      (await approval.call('POST', path, { ...body, user_id: approval.person('林小夏').user_id })).code,
    ).toBe(1390010)
    expect((await approval.call('POST', path, { ...body, task_id: '1' })).code).toBe(1390010)
    expect((await approval.call('POST', path, body)).code).toBe(0)
    expect((await approval.call('POST', path, body)).code).toBe(1390010)
  })

  it('after a transfer, by the new person', async () => {
    const approval = await subscribed()
    const instance_code = await approval.apply()
    const [task] = (await approval.instance(instance_code)).task_list
    const answer = await approval.call('POST', '/tasks/transfer', {
      approval_code: approval.code,
      instance_code,
      task_id: task.id,
      user_id: approval.person('王岚').open_id,
      transfer_user_id: approval.person('何志远').open_id,
    })
    expect(answer.code).toBe(0)
    expect(told(approval).slice(2)).toEqual(['approval_task TRANSFERRED', 'approval_task PENDING'])
    await approval.world.control(`approvals/${instance_code}/approve`, {
      open_id: approval.person('何志远').open_id,
    })
    expect((await approval.instance(instance_code)).status).toBe('APPROVED')
  })

  it('cancelled by the applicant while it runs, and by nobody else', async () => {
    const approval = await subscribed()
    const instance_code = await approval.apply()
    const cancel = (name: string) =>
      approval.call('POST', '/instances/cancel', {
        approval_code: approval.code,
        instance_code,
        user_id: approval.person(name).open_id,
      })
    expect(await cancel('周宁')).toMatchObject({ status: 403, code: 1390009 })
    expect((await cancel('林小夏')).code).toBe(0)
    expect(told(approval).slice(2)).toEqual(['approval_task DONE', 'approval_instance CANCELED'])
    expect(await cancel('林小夏')).toMatchObject({ status: 400, code: 1390001 })
  })

  it('an application of our bot is our bot’s to cancel', async () => {
    const approval = await startApproval()
    const open_id = approval.world.state.botOpenId
    const instance_code = await approval.apply(undefined, { open_id })
    const answer = await approval.call('POST', '/instances/cancel', {
      approval_code: approval.code,
      instance_code,
      user_id: open_id,
    })
    expect(answer.code).toBe(0)
  })

  it('in an AND node waits for everybody, and the rest is DONE when one refuses', async () => {
    const approval = await startApproval()
    const person = (name: string) => approval.person(name).open_id
    const { addDefinition } = await import('../../sandbox/feishu/approval/definition-store.ts')
    const node = (name: string, approvers: string[], node_type: 'AND' | 'OR') => ({
      node_id: `node-${name}`,
      name,
      node_type,
      approvers: approvers.map((openId) => ({ type: 'Personal' as const, openId })),
      whenNobody: 'AUTO_PASS' as const,
    })
    const definition = addDefinition(approval.world.kernel, {
      name: '两级审批',
      form: [],
      nodes: [
        node('会签', [person('王岚'), person('赵敏')], 'AND'),
        node('无人', [], 'OR'),
        node('或签', [person('王岚'), person('何志远')], 'OR'),
      ],
    })
    await approval.call('POST', `/approvals/${definition.approval_code}/subscribe`)
    const code = await approval.apply([], { approval_code: definition.approval_code })
    const decide = (name: string, act = 'approve') =>
      approval.world.control(`approvals/${code}/${act}`, { open_id: person(name) })
    expect((await decide('王岚')).body.status).toBe('PENDING')
    expect((await decide('王岚')).status).toBe(400)
    expect((await decide('赵敏')).body.status).toBe('PENDING')
    const second = await approval.instance(code)
    expect(second.task_list.map((task: Loose) => `${task.type} ${task.status}`)).toEqual([
      'AND APPROVED',
      'AND APPROVED',
      'AUTO_PASS APPROVED',
      'OR PENDING',
      'OR PENDING',
    ])
    expect((await decide('何志远', 'reject')).body.status).toBe('REJECTED')
    expect(told(approval).slice(-3)).toEqual([
      'approval_task REJECTED',
      'approval_task DONE',
      'approval_instance REJECTED',
    ])
  })
})

describe('around an instance', () => {
  it('comments can be written, answered, edited, listed and deleted', async () => {
    const approval = await startApproval()
    const code = await approval.apply()
    const who = `user_id_type=open_id&user_id=${approval.person('林小夏').open_id}`
    const path = `/instances/${code}/comments`
    const written = await approval.call('POST', `${path}?${who}`, { content: '{"text":"买家已确认"}' })
    const { comment_id } = written.data
    await approval.call('POST', `${path}?${who}`, { content: '{"text":"好"}', parent_comment_id: comment_id })
    await approval.call('POST', `${path}?${who}`, { content: '{"text":"买家已电话确认"}', comment_id })
    const [comment] = (await approval.call('GET', `${path}?${who}`)).data.comments
    expect(comment).toMatchObject({
      content: '{"text":"买家已电话确认"}',
      is_delete: 0,
      replies: [{ content: '{"text":"好"}' }],
    })
    expect((await approval.instance(code)).comment_list[0]).toMatchObject({ comment: '买家已电话确认' })
    await approval.call('DELETE', `${path}/${comment_id}?${who}`)
    expect((await approval.call('GET', `${path}?${who}`)).data.comments[0].is_delete).toBe(1)
  })

  it('copies show in the timeline, and people see their tasks', async () => {
    const approval = await startApproval()
    const instance_code = await approval.apply()
    const cc_user_ids = [approval.person('赵敏').open_id]
    const user_id = approval.person('林小夏').open_id
    await approval.call('POST', '/instances/cc', {
      approval_code: approval.code,
      instance_code,
      user_id,
      cc_user_ids,
    })
    const { timeline } = await approval.instance(instance_code)
    expect(timeline.at(-1)).toMatchObject({ type: 'CC', open_id_list: cc_user_ids })
    const todo = (name: string) =>
      approval.call(
        'GET',
        `/tasks/query?user_id_type=open_id&topic=1&user_id=${approval.person(name).open_id}`,
      )
    expect((await todo('王岚')).data.tasks).toHaveLength(1)
    expect((await todo('赵敏')).data.tasks).toHaveLength(0)
    // Searches are a moment behind.
    await approval.world.kernel.clock.advance(2_000)
    const found = await approval.call('POST', '/instances/query', {
      approval_code: approval.code,
      instance_status: 'PENDING',
    })
    expect(found.data).toMatchObject({ count: 1, instance_list: [{ instance: { code: instance_code } }] })
  })
})
