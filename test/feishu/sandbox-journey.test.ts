import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ApprovalWidget } from '#src/feishu/types.ts'
import { testPurpose as purpose, startSandbox } from './sandbox-feishu.ts'

const card = (title: string) =>
  JSON.stringify({
    schema: '2.0',
    config: { update_multi: true },
    header: { title: { tag: 'plain_text', content: title } },
    body: { elements: [{ tag: 'markdown', content: `订单 ${title}` }] },
  })

describe('messages and chats', () => {
  it('sends a card once per uuid, changes it, replies to it and finds it in the list as it was sent', async () => {
    const { feishu, chat, person } = await startSandbox()
    const to = { chatId: chat.chat_id }
    const uuid = randomUUID()
    const from = Date.now() - 60_000
    const first = await feishu.messages.sendCard(to, card('一'), uuid, purpose)
    expect(first.messageId).toMatch(/^om_/)
    expect(first.chatId).toBe(chat.chat_id)
    expect(first.createdAt).toBeGreaterThan(from)
    expect((await feishu.messages.sendCard(to, card('一'), uuid, purpose)).messageId).toBe(first.messageId)

    await feishu.messages.patchCard(first.messageId, card('二'), purpose)
    const reply = await feishu.messages.replyCard(first.messageId, card('三'), randomUUID(), purpose)
    expect(reply.messageId).not.toBe(first.messageId)
    const direct = await feishu.messages.sendText(
      { openId: person.open_id },
      '你好 "引号"',
      randomUUID(),
      purpose,
    )
    expect(direct.messageId).toMatch(/^om_/)

    const { items } = await feishu.messages.list(chat.chat_id, { from, to: Date.now() + 60_000 }, purpose)
    const found = items.find((item) => item.messageId === first.messageId)
    expect(JSON.parse(found?.content ?? '')).toMatchObject(JSON.parse(card('二')))
    expect(found).toMatchObject({
      msgType: 'interactive',
      deleted: false,
      senderType: 'app',
      chatId: chat.chat_id,
    })
    expect(items.map((item) => item.createdAt)).toEqual(
      items.map((item) => item.createdAt).sort((a, b) => b - a),
    )
  })

  it('pages through a long list without losing or repeating a message', async () => {
    const { feishu, person } = await startSandbox()
    const to = {
      chatId: await feishu.chats.create({ name: '长群', members: [person.open_id], uuid: 'u1' }, purpose),
    }
    const from = Date.now() - 60_000
    const sent: string[] = []
    for (let i = 0; i < 3; i++)
      sent.push((await feishu.messages.sendCard(to, card(`${i}`), randomUUID(), purpose)).messageId)
    const { items, next } = await feishu.messages.list(to.chatId, { from, to: Date.now() + 60_000 }, purpose)
    expect(next).toBeUndefined()
    expect(items.filter((item) => item.msgType === 'interactive').map((item) => item.messageId)).toEqual(
      sent.reverse(),
    )
  })

  it('tells the operator what is wrong with a refused card', async () => {
    const { feishu, chat } = await startSandbox()
    const bad = JSON.stringify({ schema: '2.0', body: { elements: [{ tag: 'action' }] } })
    const call = feishu.messages.sendCard({ chatId: chat.chat_id }, bad, randomUUID(), purpose)
    await expect(call).rejects.toMatchObject({
      feishuCode: 230099,
      failure: 'invalid',
      message: expect.stringMatching(/卡片内容不合法.*ErrCode/),
    })
  })

  it('creates a group with its people and adds more, naming those who do not exist', async () => {
    const { feishu, world, person } = await startSandbox()
    const [, second] = world.users
    const uuid = randomUUID()
    const chatId = await feishu.chats.create({ name: '新店订单群', members: [person.open_id], uuid }, purpose)
    expect(await feishu.chats.create({ name: '新店订单群', members: [person.open_id], uuid }, purpose)).toBe(
      chatId,
    )
    expect(await feishu.chats.list(purpose)).toContainEqual({ chatId, name: '新店订单群' })
    expect(await feishu.chats.addMembers(chatId, [second?.open_id ?? ''], purpose)).toEqual({ invalid: [] })
  })

  it('says a message is gone or unknown instead of failing vaguely', async () => {
    const { feishu } = await startSandbox()
    const patch = feishu.messages.patchCard('om_does/not?exist', card('x'), purpose)
    await expect(patch).rejects.toMatchObject({ name: 'FeishuError', outcome: 'refused' })
    const send = feishu.messages.sendCard({ chatId: 'oc_unknown' }, card('x'), randomUUID(), purpose)
    await expect(send).rejects.toMatchObject({ outcome: 'refused', retry: expect.anything() })
  })
})

describe('a base', () => {
  it('is created with table, fields, views and rows, searched, changed and emptied', async () => {
    const { feishu, person } = await startSandbox()
    const { bitable, drive } = feishu
    const app = await bitable.createApp('汇流', purpose)
    expect(app.url).toContain(app.appToken)
    await drive.addMember(app.appToken, 'bitable', { openId: person.open_id, perm: 'full_access' }, purpose)
    await drive.subscribe(app.appToken, 'bitable', purpose)
    expect(await bitable.getApp(app.appToken, purpose)).toMatchObject({
      name: '汇流',
      timeZone: 'Asia/Shanghai',
    })

    const fields = [
      { field_name: '订单号', type: 1 },
      {
        field_name: '金额',
        type: 2,
        ui_type: 'Currency',
        property: { formatter: '0.00', currency_code: 'CNY' },
      },
      { field_name: '状态', type: 3, property: { options: [{ name: '待发货' }] } },
    ]
    const table = await bitable.createTable(
      app.appToken,
      { name: '订单', default_view_name: '全部订单', fields },
      purpose,
    )
    expect(table.fieldIds).toHaveLength(3)
    await bitable.deleteTable(app.appToken, app.defaultTableId, purpose)
    expect(await bitable.listTables(app.appToken, purpose)).toEqual([
      { tableId: table.tableId, name: '订单' },
    ])

    const at = [app.appToken, table.tableId] as const
    const added = await bitable.createField(...at, { field_name: '备注', type: 1 }, purpose)
    const renamed = await bitable.updateField(...at, added.fieldId, { field_name: '说明', type: 1 }, purpose)
    expect(renamed).toMatchObject({ fieldId: added.fieldId, name: '说明', isPrimary: false })
    const listed = await bitable.listFields(...at, purpose)
    expect(listed.map((field) => field.name)).toEqual(['订单号', '金额', '状态', '说明'])
    expect(listed[0]).toMatchObject({ isPrimary: true, type: 1, uiType: 'Text' })

    const viewId = await bitable.createView(...at, { view_name: '看板', view_type: 'kanban' }, purpose)
    await bitable.patchView(...at, viewId, { view_name: '按状态看板' }, purpose)
    expect(await bitable.listViews(...at, purpose)).toContainEqual({
      viewId,
      name: '按状态看板',
      type: 'kanban',
    })

    const rows = Array.from({ length: 3 }, (_, i) => ({
      fields: { 订单号: `SO${i}`, 金额: i + 0.5, 状态: '待发货' },
    }))
    const created = await bitable.batchCreate(...at, rows, randomUUID(), purpose)
    expect(created.map((row) => row.fields.订单号)).toEqual(['SO0', 'SO1', 'SO2'])
    const [first, second] = created
    if (!first || !second) throw new Error('no rows')
    const change = [{ record_id: first.recordId, fields: { 状态: '已发货', 说明: null } }]
    await bitable.batchUpdate(...at, change, randomUUID(), purpose)
    await bitable.batchDelete(...at, [second.recordId], purpose)

    const read = await bitable.batchGet(...at, [first.recordId, second.recordId], purpose)
    expect(read.records).toMatchObject([{ recordId: first.recordId, fields: { 状态: '已发货' } }])
    expect(read.absent).toEqual([second.recordId])

    const filter = {
      conjunction: 'and',
      conditions: [{ field_name: '订单号', operator: 'is', value: ['SO2'] }],
    }
    const found = await bitable.search(
      ...at,
      { filter, automaticFields: true, fieldNames: ['订单号'] },
      purpose,
    )
    expect(found).toMatchObject({ total: 1, next: undefined })
    expect(found.items[0]?.fields.订单号).toEqual([{ type: 'text', text: 'SO2' }])
    expect(found.items[0]?.lastModifiedTime).toBeGreaterThan(1_600_000_000_000)
    const page = await bitable.search(
      ...at,
      { pageSize: 1, sort: [{ field_name: '订单号', desc: true }] },
      purpose,
    )
    expect(page.next).toBeDefined()
    const last = await bitable.search(
      ...at,
      { pageSize: 1, sort: [{ field_name: '订单号', desc: true }], pageToken: page.next ?? '' },
      purpose,
    )
    expect(last.items.map((item) => item.recordId)).toEqual([first.recordId])
  })

  it('that does not exist is refused with advice for the operator', async () => {
    const { feishu } = await startSandbox()
    await expect(feishu.bitable.listTables('nope/../x', purpose)).rejects.toMatchObject({
      failure: 'not-found',
      message: expect.stringContaining('app_token'),
    })
  })

  it('writes a batch exactly once when the answer is lost after applying', async () => {
    const { feishu, control } = await startSandbox()
    const app = await feishu.bitable.createApp('汇流', purpose)
    const fields = [{ field_name: '单号', type: 1 }]
    const { tableId } = await feishu.bitable.createTable(app.appToken, { name: '表', fields }, purpose)
    await control('faults', { kind: 'reset_after_apply', family: 'bitable', times: 1 })
    const write = feishu.bitable.batchCreate(
      app.appToken,
      tableId,
      [{ fields: { 单号: 'A' } }],
      randomUUID(),
      purpose,
    )
    await expect(write).rejects.toMatchObject({ outcome: 'unknown' })
    const { items } = await feishu.bitable.search(app.appToken, tableId, {}, purpose)
    expect(items).toHaveLength(1)
  })
})

describe('an approval', () => {
  const answerFor = (widget: ApprovalWidget): object => {
    if (widget.type === 'amount') return { value: 12.5, currency: 'CNY' }
    if (widget.type === 'radioV2') return { value: widget.options[0]?.key }
    if (widget.type === 'date') return { value: '2026-11-21T08:00:00+08:00' }
    return { value: '文字' }
  }
  const formOf = (widgets: ApprovalWidget[]) =>
    JSON.stringify(widgets.map((widget) => ({ id: widget.id, type: widget.type, ...answerFor(widget) })))

  it('is read, subscribed, opened once per uuid, found by uuid, and cancelled by its applicant', async () => {
    const { feishu, approval, person } = await startSandbox()
    const { approvals } = feishu
    const definition = await approvals.definition(approval.approval_code, purpose)
    expect(definition).toMatchObject({ name: approval.name, status: 'ACTIVE' })
    const kind = definition.widgets.find((widget) => widget.type === 'radioV2')
    expect(kind?.options.map((option) => option.text)).toEqual(['仅退款', '退货退款'])
    expect(definition.widgets.some((widget) => widget.customId !== undefined && widget.required)).toBe(true)
    await approvals.subscribe(approval.approval_code, purpose)
    await approvals.subscribe(approval.approval_code, purpose)

    const instance = {
      approvalCode: approval.approval_code,
      openId: person.open_id,
      form: formOf(definition.widgets),
      uuid: randomUUID(),
      title: '退款 12.50 元',
    }
    const code = await approvals.create(instance, purpose)
    await expect(approvals.create(instance, purpose)).rejects.toMatchObject({
      failure: 'already-done',
      feishuCode: 60012,
    })
    const byUuid = await approvals.get(instance.uuid, purpose)
    expect(byUuid).toMatchObject({
      instanceCode: code,
      approvalCode: approval.approval_code,
      status: 'PENDING',
      reverted: false,
      openId: person.open_id,
      endedAt: undefined,
    })
    expect(byUuid?.tasks[0]).toMatchObject({ status: 'PENDING', openId: expect.stringMatching(/^ou_/) })

    await approvals.cancel(approval.approval_code, code, { openId: person.open_id }, purpose)
    const cancelled = await approvals.get(code, purpose)
    expect(cancelled).toMatchObject({ status: 'CANCELED', endedAt: expect.any(Number) })
    expect(cancelled?.timeline.map((step) => step.type)).toContain('CANCEL')
    expect(await approvals.get(randomUUID(), purpose)).toBeUndefined()
  })
})

describe('people', () => {
  it('are found by mobile, and by open_id; unknown ones are left out', async () => {
    const { feishu, person, world } = await startSandbox()
    expect(await feishu.contacts.user(person.open_id, purpose)).toEqual({
      openId: person.open_id,
      userId: person.user_id,
      name: person.name,
    })
    expect(world.users.length).toBeGreaterThan(1)
    expect(await feishu.contacts.openIdsByMobile(['+8610000000000'], purpose)).toEqual(new Map())
  })
})

describe('the token', () => {
  it('revoked by the platform is replaced without the caller noticing', async () => {
    const { feishu, control } = await startSandbox()
    await feishu.chats.list(purpose)
    await control('faults', { kind: 'token_revoked', times: 1 })
    expect((await feishu.chats.list(purpose)).length).toBeGreaterThan(0)
  })
})
