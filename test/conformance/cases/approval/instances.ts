import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import {
  apply,
  call,
  data,
  define,
  file,
  happy,
  instanceOf,
  newUuid,
  note,
  own,
  personOf,
  refundCode,
  refundForm,
  refusal,
  v4,
} from './approval-world.ts'

const create = `POST ${v4}/instances`
const read = `GET ${v4}/instances/:instance_id`
const list = `GET ${v4}/instances`
const cancel = `POST ${v4}/instances/cancel`
const copy = `POST ${v4}/instances/cc`

/** A refused creation: the good body with one thing changed. */
function refused(title: string, code: number, more: (world: ConformanceWorld) => object): ConformanceCase {
  return refusal(create, code, {
    title,
    async send(world) {
      const body = {
        approval_code: await refundCode(world),
        open_id: (await personOf(world, '林小夏')).open_id,
        form: JSON.stringify(refundForm),
        ...(await more(world)),
      }
      return call(world, 'POST', '/instances', { body })
    },
  })
}

const widget = (patch: object) => ({ form: JSON.stringify([{ ...refundForm[0], ...patch }]) })

export const instanceCases: readonly ConformanceCase[] = [
  happy(create, 'files a form through the SDK, with a title, automatic nodes and copies', async (world) => {
    const code = await define(world, [
      { id: 'first', people: ['王岚'] },
      { id: 'second', people: ['赵敏'] },
    ])
    const made = await world.sdk.approval.instance.create({
      data: {
        approval_code: code,
        open_id: (await personOf(world, '林小夏')).open_id,
        form: note,
        uuid: newUuid(),
        title: '@i18n@1',
        title_display_method: 1,
        i18n_resources: [{ locale: 'zh-CN', is_default: true, texts: [{ key: '@i18n@1', value: '打印纸' }] }],
        node_auto_approval_list: [{ node_id_type: 'CUSTOM', node_id: 'first' }],
        node_cc_open_id_list: [{ key: 'START', value: [(await personOf(world, '陈果')).open_id] }],
      },
    })
    expect(made.code).toBe(0)
    const shown = await instanceOf(world, String(made.data?.instance_code))
    expect(shown.task_list).toMatchObject([
      { type: 'AUTO_PASS', status: 'APPROVED', open_id: '' },
      { custom_node_id: 'second', status: 'PENDING' },
    ])
    expect(shown.timeline.map((one) => one.type)).toEqual(['START', 'CC', 'AUTO_PASS'])
  }),
  refused('a uuid that was used, in other letters', 60012, async (world) => {
    const uuid = newUuid()
    await apply(world, { uuid })
    return { uuid: uuid.toUpperCase() }
  }),
  refused('an unknown definition', 1390002, () => ({ approval_code: 'NO' })),
  refused('an unknown applicant', 1390004, () => ({ open_id: 'ou_no' })),
  refused('a widget the definition lacks', 60006, () => widget({ id: 'no' })),
  refused('a widget of another type', 60006, () => widget({ type: 'number' })),
  refused('a widget without a value', 1390001, () => widget({ value: null })),
  refused('a uuid longer than 64 characters', 1390001, () => ({ uuid: 'x'.repeat(65) })),
  refused('the root department', 1390001, () => ({ department_id: '0' })),
  refused('a title without its texts', 1390001, () => ({ title: '@i18n@1' })),
  refused('an automatic node that does not exist', 1390001, () => ({
    node_auto_approval_list: [{ node_id_type: 'NON_CUSTOM', node_id: 'no' }],
  })),
  refused('a form that is a list, not text', 99992402, () => ({ form: refundForm })),
  refusal(create, 1390001, {
    title: 'a node the applicant must choose for, without a choice',
    async send(world) {
      const approval_code = await define(world, [{ id: 'choose', rules: [{ type: 'Free' }] }])
      const { open_id } = await personOf(world, '林小夏')
      return call(world, 'POST', '/instances', { body: { approval_code, open_id, form: note } })
    },
  }),
  refusal(create, 1390015, {
    title: 'a definition that was disabled in the console',
    async send(world) {
      const code = await refundCode(world)
      const admin = (await personOf(world, '何志远')).open_id
      const active = (wanted: boolean) =>
        fetch(`${world.url}/_web/approval/admin/${code}/status`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-sandbox-person': admin },
          body: JSON.stringify({ active: wanted }),
        })
      await active(false)
      const { open_id } = await personOf(world, '林小夏')
      const body = { approval_code: code, open_id, form: JSON.stringify(refundForm) }
      const answer = await call(world, 'POST', '/instances', { body })
      await active(true)
      return answer
    },
  }),
  happy(read, 'is read by code or uuid, with times as text and "0" while it runs', async (world) => {
    const uuid = newUuid()
    const code = await apply(world, { uuid })
    const answer = await world.sdk.approval.instance.get({ path: { instance_id: uuid.toUpperCase() } })
    expect(answer.data).toMatchObject({
      instance_code: code,
      uuid,
      status: 'PENDING',
      end_time: '0',
      reverted: false,
      start_time: expect.stringMatching(/^\d{13}$/),
      task_list: [{ status: 'PENDING', type: 'OR', end_time: '0' }],
      timeline: [{ type: 'START' }],
    })
  }),
  refusal(read, 1390003, {
    title: 'an unknown instance',
    send: (world) => call(world, 'GET', `/instances/${newUuid()}`),
  }),
  happy(list, 'lists codes by creation time, page by page', async (world) => {
    const approval_code = await define(world, [{ id: 'first', people: ['王岚'] }])
    const made = [
      await file(world, approval_code),
      await file(world, approval_code),
      await file(world, approval_code),
    ]
    const now = world.sandbox.kernel.clock.now()
    const query = { approval_code, start_time: now - 3_600_000, end_time: now, page_size: 2 }
    const first = await data<{ instance_code_list: string[]; page_token: string }>(
      world,
      'GET',
      '/instances',
      {
        query,
      },
    )
    const second = await data<{ instance_code_list: string[]; has_more: boolean }>(
      world,
      'GET',
      '/instances',
      {
        query: { ...query, page_token: first.page_token },
      },
    )
    expect([...first.instance_code_list, ...second.instance_code_list]).toEqual(made)
    expect(second.has_more).toBe(false)
  }),
  refusal(list, 1390001, {
    title: 'a window of more than 10 hours',
    async send(world) {
      const end = world.sandbox.kernel.clock.now()
      const query = {
        approval_code: await refundCode(world),
        start_time: end - 11 * 3_600_000,
        end_time: end,
      }
      return call(world, 'GET', '/instances', { query })
    },
  }),
  happy(cancel, 'the applicant withdraws what runs; open tasks are done', async (world) => {
    const code = await apply(world)
    const answer = await world.sdk.approval.instance.cancel({
      params: { user_id_type: 'open_id' },
      data: {
        approval_code: await refundCode(world),
        instance_code: code,
        user_id: (await personOf(world, '林小夏')).open_id,
      },
    })
    expect(answer.code).toBe(0)
    expect(await instanceOf(world, code)).toMatchObject({
      status: 'CANCELED',
      task_list: [{ status: 'DONE' }],
      timeline: [{ type: 'START' }, { type: 'CANCEL' }],
    })
  }),
  happy(
    cancel,
    'an approved one is revoked within the definition’s time, and reads reverted',
    async (world) => {
      const approval_code = await define(world, [{ id: 'first', people: ['王岚'] }])
      const code = await file(world, approval_code)
      await data(world, 'POST', '/tasks/approve', { body: await own(world, code, '王岚') })
      const user_id = (await personOf(world, '林小夏')).open_id
      await data(world, 'POST', '/instances/cancel', {
        body: { approval_code, instance_code: code, user_id },
      })
      expect(await instanceOf(world, code)).toMatchObject({ status: 'CANCELED', reverted: true })
    },
  ),
  refusal(cancel, 1390009, {
    title: 'somebody else’s instance',
    status: 403,
    async send(world) {
      const body = {
        approval_code: await refundCode(world),
        instance_code: await apply(world),
        user_id: (await personOf(world, '周宁')).open_id,
      }
      return call(world, 'POST', '/instances/cancel', { body })
    },
  }),
  refusal(cancel, 1390003, {
    title: 'an unknown instance',
    async send(world) {
      const body = { approval_code: await refundCode(world), instance_code: 'NO', user_id: 'ou_no' }
      return call(world, 'POST', '/instances/cancel', { body })
    },
  }),
  happy(copy, 'copies show in the history with their ids', async (world) => {
    const code = await apply(world)
    const [from, to] = [await personOf(world, '林小夏'), await personOf(world, '赵敏')]
    const answer = await world.sdk.approval.instance.cc({
      params: { user_id_type: 'open_id' },
      data: {
        approval_code: await refundCode(world),
        instance_code: code,
        user_id: from.open_id,
        cc_user_ids: [to.open_id],
        comment: '请知悉',
      },
    })
    expect(answer.code).toBe(0)
    expect((await instanceOf(world, code)).timeline.at(-1)).toMatchObject({
      type: 'CC',
      comment: '请知悉',
      open_id_list: [to.open_id],
      cc_user_list: [{ open_id: to.open_id, cc_id: expect.stringMatching(/^\d+$/) }],
    })
  }),
  refusal(copy, 1390004, {
    title: 'somebody nobody knows',
    async send(world) {
      const body = {
        approval_code: await refundCode(world),
        instance_code: await apply(world),
        user_id: (await personOf(world, '林小夏')).open_id,
        cc_user_ids: ['ou_no'],
      }
      return call(world, 'POST', '/instances/cc', { body })
    },
  }),
]
