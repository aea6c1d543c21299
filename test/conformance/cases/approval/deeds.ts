import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld, RawAnswer } from '../../case.ts'
import {
  apply,
  call,
  data,
  define,
  file,
  happy,
  instanceOf,
  note,
  own,
  personOf,
  refundCode,
  refundForm,
  refusal,
  v4,
} from './approval-world.ts'

const approve = `POST ${v4}/tasks/approve`
const reject = `POST ${v4}/tasks/reject`
const transfer = `POST ${v4}/tasks/transfer`
const resubmit = `POST ${v4}/tasks/resubmit`
const addSign = `POST ${v4}/instances/add_sign`
const rollback = `POST ${v4}/instances/specified_rollback`
const preview = `POST ${v4}/instances/preview`

const openId = { user_id_type: 'open_id' } as const

const deed = (world: ConformanceWorld, name: string, body: object) =>
  call(world, 'POST', `/tasks/${name}`, { body })

/** Two nodes: 王岚, then 赵敏. */
async function twoNodes(world: ConformanceWorld): Promise<string> {
  const code = await define(world, [
    { id: 'first', people: ['王岚'] },
    { id: 'second', people: ['赵敏'] },
  ])
  return file(world, code)
}

async function addSigned(world: ConformanceWorld, code: string, how: object): Promise<RawAnswer> {
  const { user_id } = await personOf(world, '王岚')
  const added = (await personOf(world, '周宁')).user_id
  const body = { ...(await own(world, code, '王岚')), user_id, add_sign_user_ids: [added], ...how }
  return call(world, 'POST', '/instances/add_sign', { body })
}

/** Instance sent back to its applicant by 赵敏. */
async function sentBack(world: ConformanceWorld, keys: string[]): Promise<string> {
  const code = await twoNodes(world)
  await data(world, 'POST', '/tasks/approve', { body: await own(world, code, '王岚') })
  const { user_id, task_id } = await own(world, code, '赵敏')
  await data(world, 'POST', '/instances/specified_rollback', {
    query: openId,
    body: { user_id, task_id, reason: '金额不对', task_def_key_list: keys },
  })
  return code
}

const foreign: readonly ConformanceCase[] = [approve, reject, transfer].flatMap((endpoint) => {
  const name = endpoint.split('/').at(-1) ?? ''
  return [
    refusal(endpoint, 1390010, {
      title: 'another person’s task',
      async send(world) {
        const to = (await personOf(world, '周宁')).open_id
        const body = await own(world, await apply(world), '王岚')
        return deed(world, name, {
          ...body,
          user_id: to,
          ...(name === 'transfer' && { transfer_user_id: to }),
        })
      },
    }),
    refusal(endpoint, 1390010, {
      title: 'a task that was processed already',
      async send(world) {
        const body = await own(world, await apply(world), '王岚')
        await data(world, 'POST', '/tasks/approve', { body })
        return deed(world, name, { ...body, ...(name === 'transfer' && { transfer_user_id: body.user_id }) })
      },
    }),
    refusal(endpoint, 1390003, {
      title: 'an unknown instance',
      async send(world) {
        const body = await own(world, await apply(world), '王岚')
        return deed(world, name, {
          ...body,
          instance_code: 'NO',
          ...(name === 'transfer' && { transfer_user_id: body.user_id }),
        })
      },
    }),
  ]
})

export const deedCases: readonly ConformanceCase[] = [
  happy(approve, 'moves the instance on, to the end', async (world) => {
    const code = await apply(world)
    const body = { ...(await own(world, code, '王岚')), comment: '同意' }
    expect((await world.sdk.approval.task.approve({ params: openId, data: body })).code).toBe(0)
    expect(await instanceOf(world, code)).toMatchObject({
      status: 'APPROVED',
      timeline: [{ type: 'START' }, { type: 'PASS', comment: '同意', node_key: expect.any(String) }],
    })
  }),
  refusal(approve, 1390001, {
    title: 'a changed widget the node may not write',
    async send(world) {
      const body = await own(world, await apply(world), '王岚')
      return deed(world, 'approve', { ...body, form: JSON.stringify([refundForm[0]]) })
    },
  }),
  happy(reject, 'ends the instance; the others of the node are done', async (world) => {
    const code = await file(
      world,
      await define(world, [{ id: 'both', type: 'AND', people: ['王岚', '赵敏'] }]),
    )
    const body = { ...(await own(world, code, '王岚')), comment: '太贵' }
    expect((await world.sdk.approval.task.reject({ params: openId, data: body })).code).toBe(0)
    const shown = await instanceOf(world, code)
    expect(shown.status).toBe('REJECTED')
    expect(shown.task_list.map((task) => task.status)).toEqual(['REJECTED', 'DONE'])
  }),
  happy(transfer, 'gives the task to somebody else', async (world) => {
    const code = await apply(world)
    const to = (await personOf(world, '何志远')).open_id
    const body = { ...(await own(world, code, '王岚')), transfer_user_id: to }
    expect((await world.sdk.approval.task.transfer({ params: openId, data: body })).code).toBe(0)
    const shown = await instanceOf(world, code)
    expect(shown.task_list.map((task) => task.status)).toEqual(['TRANSFERRED', 'PENDING'])
    expect(JSON.parse(shown.timeline.at(-1)?.ext ?? '')).toMatchObject({ open_id_list: [to] })
  }),
  ...foreign,
  happy(resubmit, 'an applicant’s form that came back goes on to the next approver', async (world) => {
    const code = await sentBack(world, ['START'])
    const body = { ...(await own(world, code, '林小夏')), form: note }
    expect((await world.sdk.approval.task.resubmit({ params: openId, data: body })).code).toBe(0)
    const shown = await instanceOf(world, code)
    expect(shown.task_list.at(-1)).toMatchObject({ custom_node_id: 'second', status: 'PENDING' })
  }),
  refusal(resubmit, 1390010, {
    title: 'what is not back',
    async send(world) {
      const code = await apply(world)
      const { open_id } = await personOf(world, '林小夏')
      return deed(world, 'resubmit', { ...(await own(world, code, '王岚')), user_id: open_id, form: note })
    },
  }),
  happy(addSign, 'before: the added person decides, then the approver again', async (world) => {
    const code = await apply(world)
    expect(await addSigned(world, code, { add_sign_type: 1, approval_method: 1 })).toMatchObject({
      status: 200,
    })
    await data(world, 'POST', '/tasks/approve', { body: await own(world, code, '周宁') })
    expect((await instanceOf(world, code)).status).toBe('PENDING')
    await data(world, 'POST', '/tasks/approve', { body: await own(world, code, '王岚') })
    const shown = await instanceOf(world, code)
    expect(shown.status).toBe('APPROVED')
    expect(shown.timeline.map((one) => one.type)).toEqual(['START', 'ADD_APPROVER_BEFORE', 'PASS', 'PASS'])
  }),
  happy(addSign, 'after: the approver approves, then the added person decides', async (world) => {
    const code = await apply(world)
    await addSigned(world, code, { add_sign_type: 2, approval_method: 2 })
    const shown = await instanceOf(world, code)
    expect(shown.task_list.map((task) => task.status)).toEqual(['APPROVED', 'PENDING'])
    await data(world, 'POST', '/tasks/approve', { body: await own(world, code, '周宁') })
    expect((await instanceOf(world, code)).status).toBe('APPROVED')
  }),
  happy(addSign, 'beside: both are asked in the same node', async (world) => {
    const code = await apply(world)
    await addSigned(world, code, { add_sign_type: 3 })
    const shown = await instanceOf(world, code)
    expect(shown.task_list.map((task) => task.status)).toEqual(['PENDING', 'PENDING'])
  }),
  refusal(addSign, 1390001, {
    title: 'added before, without saying how several decide',
    send: async (world) => addSigned(world, await apply(world), { add_sign_type: 1 }),
  }),
  refusal(addSign, 1390001, {
    title: 'an unknown way',
    send: async (world) => addSigned(world, await apply(world), { add_sign_type: 4, approval_method: 1 }),
  }),
  happy(rollback, 'a node that has approved is asked again', async (world) => {
    const code = await twoNodes(world)
    await data(world, 'POST', '/tasks/approve', { body: await own(world, code, '王岚') })
    const passed = (await instanceOf(world, code)).timeline.find((one) => one.type === 'PASS')?.node_key ?? ''
    const { user_id, task_id } = await own(world, code, '赵敏')
    const answer = await world.sdk.approval.instance.specifiedRollback({
      params: openId,
      data: { user_id, task_id, reason: '请再看', task_def_key_list: [passed] },
    })
    expect(answer.code).toBe(0)
    const shown = await instanceOf(world, code)
    expect(shown.task_list.at(-1)).toMatchObject({ custom_node_id: 'first', status: 'PENDING' })
    expect(shown.timeline.at(-1)).toMatchObject({ type: 'ROLLBACK_SELECTED', comment: '请再看' })
  }),
  refusal(rollback, 1390001, {
    title: 'a node that has not approved',
    async send(world) {
      const { user_id, task_id } = await own(world, await twoNodes(world), '王岚')
      return call(world, 'POST', '/instances/specified_rollback', {
        query: openId,
        body: { user_id, task_id, task_def_key_list: ['no'] },
      })
    },
  }),
  happy(preview, 'shows the flow of a form, and what follows a task', async (world) => {
    const user_id = (await personOf(world, '林小夏')).open_id
    const body = { approval_code: await refundCode(world), user_id, form: JSON.stringify(refundForm) }
    const whole = await data<{ preview_nodes: { node_name: string }[] }>(
      world,
      'POST',
      '/instances/preview',
      {
        query: openId,
        body,
      },
    )
    expect(whole.preview_nodes.map((node) => node.node_name)).toEqual(['提交', '主管审批', '结束'])
    const code = await twoNodes(world)
    const { task_id } = await own(world, code, '王岚')
    const rest = await data<{ preview_nodes: object[] }>(world, 'POST', '/instances/preview', {
      query: openId,
      body: { instance_code: code, task_id, user_id: (await personOf(world, '王岚')).open_id },
    })
    expect(rest.preview_nodes).toHaveLength(3)
  }),
  refusal(preview, 1390002, {
    title: 'an unknown definition',
    async send(world) {
      const user_id = (await personOf(world, '林小夏')).open_id
      return call(world, 'POST', '/instances/preview', {
        query: openId,
        body: { approval_code: 'NO', user_id, form: note },
      })
    },
  }),
]
