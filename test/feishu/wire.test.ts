import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instanceAnswer } from '#src/feishu/approval-instance.ts'
import { readWidgets } from '#src/feishu/approval-widgets.ts'
import { pathPart } from '#src/feishu/path-part.ts'
import { type FakePlatform, startFakePlatform } from './fake-platform.ts'

const purpose = { purpose: 'test' }
const ok = (data: object) => ({ body: { code: 0, msg: 'success', data } })

describe('ids in paths', () => {
  it('never change what is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
        fc.pre(id !== '.' && id !== '..' && id.isWellFormed())
        const url = new URL(`http://h/a/${pathPart(id)}/z?q=1`)
        expect(url.pathname.split('/')).toHaveLength(4)
        expect(decodeURIComponent(url.pathname.split('/')[2] ?? '')).toBe(id)
        expect(url.search).toBe('?q=1')
      }),
    )
  })

  it.each(['', '.', '..'])('%j is not an id', (id) => {
    expect(() => pathPart(id)).toThrow('is not an id')
  })
})

describe('what goes over the wire', () => {
  let platform: FakePlatform
  beforeEach(async () => {
    platform = await startFakePlatform()
  })
  afterEach(() => platform.close())
  const lastCall = () => platform.apiCalls().at(-1)

  it('an id with a slash stays one part of the path', async () => {
    await platform.feishu.messages.patchCard('om/../x?y', '{}', purpose)
    expect(lastCall()).toMatchObject({ method: 'PATCH', path: '/open-apis/im/v1/messages/om%2F..%2Fx%3Fy' })
  })

  it('a GET has no body', async () => {
    platform.answer(ok({ items: [] }))
    await platform.feishu.chats.list(purpose)
    expect(lastCall()).toMatchObject({ method: 'GET', body: undefined, query: { page_size: '100' } })
  })

  it('a batch carries its token and ids by open_id', async () => {
    platform.answer(ok({ records: [{ record_id: 'rec1', fields: { 单号: 'A' } }] }))
    const rows = await platform.feishu.bitable.batchCreate(
      'b',
      't',
      [{ fields: { 单号: 'A' } }],
      'uuid-4',
      purpose,
    )
    expect(rows).toEqual([{ recordId: 'rec1', fields: { 单号: 'A' } }])
    expect(lastCall()).toMatchObject({
      path: '/open-apis/bitable/v1/apps/b/tables/t/records/batch_create',
      query: { user_id_type: 'open_id', client_token: 'uuid-4' },
      body: { records: [{ fields: { 单号: 'A' } }] },
    })
    await platform.feishu.bitable.batchUpdate(
      'b',
      't',
      [{ record_id: 'r', fields: { a: null } }],
      'uuid-5',
      purpose,
    )
    expect(lastCall()).toMatchObject({
      query: { client_token: 'uuid-5' },
      body: { records: [{ record_id: 'r', fields: { a: null } }] },
    })
  })

  it('lists are read to their end, also when a page is empty or the token repeats', async () => {
    platform.answer(
      ok({ items: [{ table_id: 't1', name: '一' }], has_more: true, page_token: 'p1' }),
      ok({ items: null, has_more: true, page_token: 'p2' }),
      ok({ items: [{ table_id: 't2', name: '二' }], has_more: true, page_token: 'p2' }),
    )
    expect(await platform.feishu.bitable.listTables('b', purpose)).toEqual([
      { tableId: 't1', name: '一' },
      { tableId: 't2', name: '二' },
    ])
    expect(platform.apiCalls().map((call) => call.query.page_token)).toEqual([undefined, 'p1', 'p2'])
  })

  it('250 rows are read in three calls and 120 people are added in three', async () => {
    platform.answer(ok({ records: [], absent_record_ids: ['x'] }))
    const ids = Array.from({ length: 250 }, (_, i) => `rec${i}`)
    expect((await platform.feishu.bitable.batchGet('b', 't', ids, purpose)).absent).toEqual(['x', 'x', 'x'])
    platform.answer(ok({ invalid_id_list: ['ou_1'], not_existed_id_list: ['ou_2'] }))
    const people = Array.from({ length: 120 }, (_, i) => `ou_${i}`)
    expect((await platform.feishu.chats.addMembers('oc_1', people, purpose)).invalid).toHaveLength(6)
    const sizes = platform
      .apiCalls()
      .slice(3)
      .map((call) => (call.body as { id_list: string[] }).id_list.length)
    expect(sizes).toEqual([50, 50, 20])
  })

  it('mobiles that belong to nobody are left out', async () => {
    platform.answer(
      ok({ user_list: [{ user_id: 'ou_1', mobile: '1' }, { mobile: '2' }, { user_id: '', mobile: '3' }] }),
    )
    const found = await platform.feishu.contacts.openIdsByMobile(['1', '2', '3'], purpose)
    expect([...found]).toEqual([['1', 'ou_1']])
  })

  it('the message list asks for whole seconds around the range, newest first, cards as sent', async () => {
    platform.answer(ok({ has_more: false }))
    const range = { from: 1_790_000_000_999, to: 1_790_000_001_001, pageToken: 'p' }
    expect(await platform.feishu.messages.list('oc_1', range, purpose)).toEqual({
      items: [],
      next: undefined,
    })
    expect(lastCall()?.query).toMatchObject({
      start_time: '1790000000',
      end_time: '1790000002',
      sort_type: 'ByCreateTimeDesc',
      card_msg_content_type: 'user_card_content',
      page_token: 'p',
    })
  })

  it('a user outside our view is undefined', async () => {
    platform.answer({ status: 400, body: { code: 99992351, msg: 'not a valid open_id' } })
    expect(await platform.feishu.contacts.user('ou_x', purpose)).toBeUndefined()
  })
})

describe('the widgets of an approval definition', () => {
  it('take their options from option, from value, and from value as text', () => {
    const form = [
      {
        id: 'w1',
        custom_id: 'kind',
        name: '类型',
        type: 'radioV2',
        required: true,
        option: [{ value: 'k1', text: '甲' }],
      },
      { id: 'w2', name: '多选', type: 'checkboxV2', value: [{ key: 'k2', text: '乙' }] },
      { id: 'w3', name: '单选', type: 'radioV2', value: '[{"key":"k3","text":"丙"}]' },
      { id: 'w4', name: '说明', type: 'text', value: '请如实填写' },
      { id: 'w5', name: '单选', type: 'radioV2', option: null },
    ]
    expect(readWidgets(JSON.stringify(form))).toEqual([
      {
        id: 'w1',
        customId: 'kind',
        name: '类型',
        type: 'radioV2',
        required: true,
        options: [{ key: 'k1', text: '甲' }],
      },
      {
        id: 'w2',
        customId: undefined,
        name: '多选',
        type: 'checkboxV2',
        required: false,
        options: [{ key: 'k2', text: '乙' }],
      },
      {
        id: 'w3',
        customId: undefined,
        name: '单选',
        type: 'radioV2',
        required: false,
        options: [{ key: 'k3', text: '丙' }],
      },
      { id: 'w4', customId: undefined, name: '说明', type: 'text', required: false, options: [] },
      { id: 'w5', customId: undefined, name: '单选', type: 'radioV2', required: false, options: [] },
    ])
  })

  it.each(['', '{}', '[{"id":1}]', 'null', '[null]'])('%j is reported, not guessed at', (form) => {
    expect(() => readWidgets(form)).toThrow(expect.objectContaining({ code: 'feishu_unreadable' }))
  })
})

describe('an approval instance', () => {
  const wire = { instance_code: 'I', approval_code: 'A', status: 'PENDING', open_id: 'ou_1', end_time: '0' }

  it('that still runs has no end, one that ended has, and withdrawn after approval shows it', () => {
    expect(instanceAnswer.parse(wire)).toMatchObject({
      endedAt: undefined,
      reverted: false,
      tasks: [],
      timeline: [],
    })
    const ended = { ...wire, status: 'CANCELED', end_time: '1790000000000', reverted: true }
    expect(instanceAnswer.parse(ended)).toMatchObject({ endedAt: 1_790_000_000_000, reverted: true })
  })

  it('has tasks of nobody when a rule decided', () => {
    const task = { id: '1', open_id: '', status: 'APPROVED', node_name: '审批', end_time: 1_790_000_000_000 }
    expect(instanceAnswer.parse({ ...wire, task_list: [task] }).tasks).toEqual([
      { id: '1', openId: undefined, status: 'APPROVED', nodeName: '审批', endedAt: 1_790_000_000_000 },
    ])
  })

  it('in a state nobody knows is not taken for any other', () => {
    expect(instanceAnswer.safeParse({ ...wire, status: 'HIDDEN' }).success).toBe(false)
  })
})
