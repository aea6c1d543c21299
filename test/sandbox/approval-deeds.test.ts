import { describe, expect, it } from 'vitest'
import { startDesk } from './approval-world.ts'

const types = (entries: readonly { type: string }[]) => entries.map((one) => one.type)

describe('nodes', () => {
  it('OR: one approval is enough, the others are done', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'OR', ['王岚', '赵敏'])]))
    desk.told()
    await desk.act('赵敏', one, 'approve')
    expect(desk.told()).toEqual([
      'approval_task APPROVED',
      'approval_task DONE',
      'approval_instance APPROVED',
    ])
  })

  it('SEQUENTIAL: one after the other, in the applicant’s order', async () => {
    const desk = await startDesk()
    const definition = desk.define([desk.node('a', 'SEQUENTIAL', [{ type: 'Free' }])])
    const one = desk.file(definition, { chosen: { 'node-a': [desk.id('赵敏'), desk.id('王岚')] } })
    expect(one.tasks.map((task) => task.openId)).toEqual([desk.id('赵敏')])
    await desk.act('赵敏', one, 'approve')
    expect(one.tasks.map((task) => task.status)).toEqual(['APPROVED', 'PENDING'])
    await desk.act('王岚', one, 'approve')
    expect(one.status).toBe('APPROVED')
  })

  it('chosen people count on nodes that let the applicant choose, and only there', async () => {
    const desk = await startDesk()
    const definition = desk.define([desk.node('a', 'OR', ['王岚'])])
    const one = desk.file(definition, { chosen: { 'node-a': [desk.id('赵敏')] } })
    expect(one.tasks.map((task) => task.openId)).toEqual([desk.id('王岚')])
  })

  it('the applicant as approver: asks, passes, or asks the supervisor, as the node says', async () => {
    const desk = await startDesk()
    const run = (starterAssignee: 'STARTER' | 'AUTO_PASS' | 'SUPERVISOR') =>
      desk.file(desk.define([desk.node('a', 'AND', ['林小夏'], { starterAssignee })]))
    expect(run('STARTER').tasks[0]).toMatchObject({ openId: desk.id('林小夏'), status: 'PENDING' })
    expect(run('AUTO_PASS')).toMatchObject({ status: 'APPROVED', tasks: [{ type: 'AUTO_PASS', openId: '' }] })
    expect(run('SUPERVISOR').tasks[0]).toMatchObject({ openId: desk.id('王岚'), status: 'PENDING' })
  })

  it('somebody who approved already passes automatically where the definition says so', async () => {
    const desk = await startDesk()
    const nodes = [
      desk.node('a', 'OR', ['王岚']),
      desk.node('b', 'OR', ['赵敏']),
      desk.node('c', 'OR', ['王岚']),
    ]
    const settings = {
      revertInterval: 0,
      revertAfterFirstNode: true,
      rejectToApplicant: false,
      quickApproval: true,
      repeated: 'ALL' as const,
    }
    const one = desk.file(desk.define(nodes, { settings }))
    await desk.act('王岚', one, 'approve')
    await desk.act('赵敏', one, 'approve')
    expect(one.status).toBe('APPROVED')
    expect(types(one.timeline)).toEqual(['START', 'PASS', 'PASS', 'REMOVE_REPEAT'])
  })

  it('department managers are found through the departments', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'OR', [{ type: 'DepartmentManager', level: 1 }])]))
    expect(one.tasks[0]?.openId).toBe(desk.id('王岚'))
  })
})

describe('added approvers', () => {
  it('before: everybody added decides, then the approver again', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'AND', ['王岚', '赵敏'])]))
    await desk.act('王岚', one, 'add-sign', {
      type: 'before',
      method: 'AND',
      to: [desk.id('周宁'), desk.id('陈果')],
    })
    await desk.act('赵敏', one, 'approve')
    await desk.act('周宁', one, 'approve')
    expect(one.status).toBe('PENDING')
    await desk.act('陈果', one, 'approve')
    await desk.act('王岚', one, 'approve')
    expect(one.status).toBe('APPROVED')
  })

  it('after, in an OR node: the others are done, the added person still decides', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'OR', ['王岚', '赵敏'])]))
    await desk.act('王岚', one, 'add-sign', { type: 'after', to: [desk.id('周宁')] })
    expect(one.tasks.map((task) => task.status)).toEqual(['APPROVED', 'DONE', 'PENDING'])
    await desk.act('周宁', one, 'reject', { comment: '不买' })
    expect(one.status).toBe('REJECTED')
  })

  it('beside, in an AND node: all of them decide', async () => {
    const desk = await startDesk()
    const one = desk.file(desk.define([desk.node('a', 'AND', ['王岚'])]))
    await desk.act('王岚', one, 'add-sign', { type: 'beside', to: [desk.id('周宁')] })
    await desk.act('王岚', one, 'approve')
    expect(one.status).toBe('PENDING')
    await desk.act('周宁', one, 'approve')
    expect(one.status).toBe('APPROVED')
  })
})

describe('sending back', () => {
  it('to chosen nodes: they decide again, then the one that sent it back', async () => {
    const desk = await startDesk()
    const nodes = ['a', 'b', 'c'].map((name, at) =>
      desk.node(name, 'OR', [['王岚', '赵敏', '何志远'][at] ?? '']),
    )
    const one = desk.file(desk.define(nodes))
    await desk.act('王岚', one, 'approve')
    await desk.act('赵敏', one, 'approve')
    desk.told()
    await desk.act('何志远', one, 'rollback', { to: ['node-a'], comment: '再看看' })
    expect(desk.told()).toEqual(['approval_task ROLLBACK', 'approval_task PENDING'])
    expect(JSON.parse(desk.events().at(-2)?.event.extra)).toEqual({
      rollback_node_ids: ['node-a'],
      rollback_custom_node_ids: ['a'],
    })
    await desk.act('王岚', one, 'approve')
    expect(one.tasks.at(-1)).toMatchObject({ nodeId: 'node-c', status: 'PENDING' })
    await desk.act('何志远', one, 'approve')
    expect(one.status).toBe('APPROVED')
  })

  it('to the applicant by a rejection, where the definition says so', async () => {
    const desk = await startDesk()
    const settings = {
      revertInterval: 0,
      revertAfterFirstNode: true,
      rejectToApplicant: true,
      quickApproval: true,
      repeated: 'ASK' as const,
    }
    const one = desk.file(desk.define([desk.node('a', 'OR', ['王岚'])], { settings }), {
      allowResubmit: true,
    })
    await desk.act('王岚', one, 'reject', { comment: '写清楚' })
    expect(one.status).toBe('PENDING')
    await desk.act('林小夏', one, 'resubmit', {
      form: [{ id: 'note', type: 'textarea', value: '两箱打印纸' }],
    })
    expect(one.form[0]?.value).toBe('两箱打印纸')
    expect(one.tasks.at(-1)).toMatchObject({ openId: desk.id('王岚'), status: 'PENDING' })
  })
})

describe('what follows a decision', () => {
  it('copies go out at the start, at nodes and at the end, and tell when they are read', async () => {
    const desk = await startDesk()
    const to = (name: string) => [{ type: 'Personal' as const, openId: desk.id(name) }]
    const one = desk.file(
      desk.define([desk.node('a', 'OR', ['王岚'], { ccers: to('陈果') })], {
        startCc: to('周宁'),
        endCc: to('赵敏'),
      }),
    )
    await desk.act('王岚', one, 'approve')
    expect(desk.told()).toEqual([
      'approval_instance PENDING',
      'approval_cc CREATE',
      'approval_cc CREATE',
      'approval_task PENDING',
      'approval_task APPROVED',
      'approval_instance APPROVED',
      'approval_cc CREATE',
    ])
    await desk.web('陈果', `instances/${one.instance_code}/read`, {})
    await desk.web('陈果', `instances/${one.instance_code}/read`, {})
    expect(desk.told()).toEqual(['approval_cc READ'])
    expect(desk.events().at(-1)?.event.create_time).toEqual(expect.any(Number))
  })

  it('revoking an approved one is told as REVERTED with a number as time', async () => {
    const desk = await startDesk()
    const settings = {
      revertInterval: 3600,
      revertAfterFirstNode: true,
      rejectToApplicant: false,
      quickApproval: true,
      repeated: 'ASK' as const,
    }
    const definition = desk.define([desk.node('a', 'OR', ['王岚'])], { settings })
    const [one, late] = [desk.file(definition), desk.file(definition)]
    await desk.act('王岚', one, 'approve')
    await desk.act('王岚', late, 'approve')
    await desk.act('林小夏', one, 'revert')
    expect(desk.events().at(-1)?.event).toMatchObject({
      status: 'REVERTED',
      operate_time: expect.any(Number),
    })
    expect(await desk.instance(one.instance_code)).toMatchObject({ status: 'CANCELED', reverted: true })
    await desk.world.kernel.clock.advance(3_601_000)
    await expect(desk.act('林小夏', late, 'revert')).rejects.toThrow('403')
  })

  it('a new version of the definition leaves what runs alone, and is told', async () => {
    const desk = await startDesk()
    const definition = desk.define([desk.node('a', 'OR', ['王岚'])])
    const one = desk.file(definition)
    desk.told()
    const admin = await desk.web('何志远', `admin/${definition.approval_code}`)
    const draft = {
      ...admin.body,
      nodes: [
        { ...admin.body.nodes[0], name: '新', approvers: [{ type: 'Personal', openId: desk.id('赵敏') }] },
      ],
    }
    const answer = await fetch(`${desk.world.url}/_web/approval/admin/${definition.approval_code}`, {
      method: 'PUT',
      headers: { 'x-sandbox-person': desk.id('何志远'), 'content-type': 'application/json' },
      body: JSON.stringify(draft),
    })
    expect(answer.status).toBe(200)
    expect(desk.told()).toEqual(['approval.approval.updated_v4'])
    expect((await desk.instance(one.instance_code)).task_list[0]).toMatchObject({ node_name: 'a' })
    await desk.act('王岚', one, 'approve')
    expect(one.status).toBe('APPROVED')
    expect(desk.file(definition).tasks[0]?.openId).toBe(desk.id('赵敏'))
  })
})
