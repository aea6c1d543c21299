import { expect } from 'vitest'
import type { ConformanceCase } from '../../case.ts'
import {
  call,
  data,
  define,
  definitionBody,
  happy,
  personOf,
  refundCode,
  refusal,
  v4,
} from './approval-world.ts'

const create = `POST ${v4}/approvals`
const read = `GET ${v4}/approvals/:approval_code`
const subscribe = `POST ${v4}/approvals/:approval_code/subscribe`
const unsubscribe = `POST ${v4}/approvals/:approval_code/unsubscribe`

const nodes = [{ id: 'first', people: ['王岚'] }]

/** A refused definition: the good body with one thing changed. */
function refused(title: string, more: Record<string, unknown>, code = 1390001): ConformanceCase {
  return refusal(create, code, {
    title,
    send: async (world) =>
      call(world, 'POST', '/approvals', { body: await definitionBody(world, nodes, more) }),
  })
}

const form = (widget: object) => ({ form: { form_content: JSON.stringify([widget]) } })

export const definitionCases: readonly ConformanceCase[] = [
  happy(create, 'creates through the SDK, and overwrites by its code', async (world) => {
    const body = await definitionBody(world, nodes)
    const made = await world.sdk.approval.approval.create({
      params: { user_id_type: 'open_id' },
      data: body as never,
    })
    expect(made).toMatchObject({
      code: 0,
      data: { approval_code: expect.stringMatching(/^[0-9A-F-]{36}$/), approval_id: expect.any(String) },
    })
    const again = await data(world, 'POST', '/approvals', {
      body: { ...body, approval_code: made.data?.approval_code },
    })
    expect(again.approval_code).toBe(made.data?.approval_code)
  }),
  refused('a name that is no i18n key', { approval_name: '采购' }),
  refused('a key without a text', { approval_name: '@i18n@nothing' }),
  refused('no default locale', { i18n_resources: [{ locale: 'zh-CN', is_default: false, texts: [] }] }),
  refused('nodes that do not begin with START', { node_list: [{ id: 'END' }] }),
  refused('more than 200 viewers', {
    viewers: Array.from({ length: 201 }, () => ({ viewer_type: 'TENANT' })),
  }),
  refused('a form that is no JSON', { form: { form_content: 'no' } }),
  refused(
    'a widget that only the console has',
    form({ id: 'f', type: 'formula', name: '@i18n@note' }),
    60006,
  ),
  refused('a code nobody knows', { approval_code: 'NOTHING' }, 1390002),
  refusal(create, 1390001, {
    title: 'a node in sequence whose approvers are not chosen by the applicant',
    send: async (world) =>
      call(world, 'POST', '/approvals', {
        body: await definitionBody(world, [{ id: 'first', type: 'SEQUENTIAL', people: ['王岚'] }]),
      }),
  }),
  refusal(create, 1390004, {
    title: 'an approver nobody knows',
    send: async (world) =>
      call(world, 'POST', '/approvals', {
        body: await definitionBody(world, [{ id: 'first', rules: [{ type: 'Personal', user_id: 'ou_no' }] }]),
      }),
  }),
  refusal(create, 99992402, {
    title: 'a body without its required fields',
    send: (world) => call(world, 'POST', '/approvals', { body: {} }),
  }),
  happy(read, 'shows the form as JSON text, nodes and viewers, in the asked language', async (world) => {
    const answer = await world.sdk.approval.approval.get({
      path: { approval_code: await refundCode(world) },
    })
    expect(answer).toMatchObject({ code: 0, data: { approval_name: '退款审批', status: 'ACTIVE' } })
    const widgets = JSON.parse(String(answer.data?.form)) as { type: string; id: string }[]
    expect(widgets.some((widget) => widget.type === 'amount')).toBe(true)
    expect(answer.data?.node_list?.map((node) => node.name)).toEqual(['提交', '主管审批', '结束'])
    const code = await define(world, [{ id: 'choose', rules: [{ type: 'Free' }] }], {
      process_manager_ids: [(await personOf(world, '何志远')).open_id],
    })
    const shown = await data(world, 'GET', `/approvals/${code}`, {
      query: { locale: 'en-US', with_admin_id: true },
    })
    expect(shown).toMatchObject({
      approval_name: 'Purchase',
      approval_admin_ids: [(await personOf(world, '何志远')).open_id],
    })
    expect(shown.node_list).toContainEqual(
      expect.objectContaining({ custom_node_id: 'choose', need_approver: true, node_type: 'OR' }),
    )
  }),
  refusal(read, 1390002, { title: 'an unknown code', send: (world) => call(world, 'GET', '/approvals/NO') }),
  happy(subscribe, 'subscribes the app once', async (world) => {
    const code = await define(world, nodes)
    const answer = await world.sdk.approval.approval.subscribe({ path: { approval_code: code } })
    expect(answer).toMatchObject({ code: 0 })
  }),
  refusal(subscribe, 1390007, {
    title: 'what is subscribed already',
    async send(world) {
      const code = await define(world, nodes)
      await data(world, 'POST', `/approvals/${code}/subscribe`)
      return call(world, 'POST', `/approvals/${code}/subscribe`)
    },
  }),
  refusal(subscribe, 1390002, {
    title: 'an unknown code',
    send: (world) => call(world, 'POST', '/approvals/NO/subscribe'),
  }),
  happy(unsubscribe, 'ends a subscription', async (world) => {
    const code = await define(world, nodes)
    await data(world, 'POST', `/approvals/${code}/subscribe`)
    const answer = await world.sdk.approval.approval.unsubscribe({ path: { approval_code: code } })
    expect(answer).toMatchObject({ code: 0 })
  }),
  refusal(unsubscribe, 1390007, {
    title: 'what is not subscribed',
    async send(world) {
      return call(world, 'POST', `/approvals/${await define(world, nodes)}/unsubscribe`)
    },
  }),
]
