/** Step 5 and the base itself: what an administrator and an operator see. */
import { expect, test } from 'vitest'
import { traceOf } from '../support/card-text.ts'
import { startProduct, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'
import type { Loose } from '../support/world-control.ts'

const product = useProduct()

async function openApi(path: string): Promise<Loose> {
  const { sandboxUrl, config } = product()
  const asked = await fetch(`${sandboxUrl}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: config.feishu.appId, app_secret: config.feishu.appSecret }),
  })
  const { tenant_access_token } = (await asked.json()) as { tenant_access_token: string }
  const headers = { authorization: `Bearer ${tenant_access_token}` }
  return ((await (await fetch(`${sandboxUrl}/open-apis/${path}`, { headers })).json()) as Loose).data
}

async function base() {
  const [found] = (await product().get('state')).bases
  const tables: { table_id: string; name: string }[] = found.tables
  const idOf = (name: string) => tables.find((table) => table.name === name)?.table_id
  return { ...found, tables, idOf }
}

test('the base has its five tables, and 订单 its three views with the filter that makes 待跟进', async () => {
  const { app_token, tables, idOf } = await base()
  expect((tables as { name: string }[]).map((table) => table.name).toSorted()).toEqual(
    ['人员', '店铺', '订单', '财务流水', '退款单'].toSorted(),
  )
  const { items } = await openApi(`bitable/v1/apps/${app_token}/tables/${idOf('订单')}/views`)
  expect(items.map((view: Loose) => [view.view_name, view.view_type])).toEqual([
    ['全部订单', 'grid'],
    ['待跟进', 'grid'],
    ['按状态看板', 'kanban'],
  ])
  const waiting = items.find((view: Loose) => view.view_name === '待跟进')
  const { view } = await openApi(
    `bitable/v1/apps/${app_token}/tables/${idOf('订单')}/views/${waiting.view_id}`,
  )
  expect(view.property.filter_info.conditions).toHaveLength(1)
})

test('the fields of 订单 have the types people filter and count by', async () => {
  const { app_token, idOf } = await base()
  const { items } = await openApi(`bitable/v1/apps/${app_token}/tables/${idOf('订单')}/fields?page_size=100`)
  const types = new Map(items.map((field: Loose) => [field.field_name, field.ui_type]))
  expect(Object.fromEntries(types)).toMatchObject({
    订单号: 'Text',
    状态: 'SingleSelect',
    渠道: 'SingleSelect',
    券状态: 'MultiSelect',
    实付金额: 'Currency',
    下单时间: 'DateTime',
    跟进人: 'User',
    查看订单: 'Url',
  })
})

test('the base belongs to the administrator too, at once', async () => {
  const { app_token } = await base()
  const { permissions } = await product().get('effects?only=permissions')
  expect(JSON.stringify(permissions)).toContain(product().person('何志远'))
  expect(JSON.stringify(permissions)).toContain(app_token)
})

test('health, readiness and metrics answer, and the metrics count what happened', async () => {
  const p = product()
  await p.card(await p.placeOrder())
  expect(JSON.parse((await p.ask('/healthz')).text)).toMatchObject({ status: 'ok' })
  const ready = await p.ask('/readyz')
  expect(ready.status).toBe(200)
  expect(JSON.parse(ready.text).checks).toMatchObject({
    database: { ok: true },
    feishu: { ok: true },
    base: { ok: true },
  })
  const metrics = await p.ask('/metrics')
  expect(metrics.text).toMatch(
    /huiliu_received_total\{.*source="demo-\d+".*\} [1-9]|huiliu_received_total\{[^}]+\} [1-9]/,
  )
  expect(metrics.text).toMatch(/huiliu_feishu_calls_total\{[^}]*api="im.message.create"[^}]*\} [1-9]/)
  expect(metrics.text).toMatch(/huiliu_card_seconds_count\{what="card"\} [1-9]/)
  expect(metrics.text).toContain('huiliu_backlog_cards_behind 0')
})

test('one trace id leads from the card to the row, the approval and the log', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ kind: 'voucher' })
  const orderTrace = traceOf(await p.card(orderNo))
  const order = await until('the row', () => p.row('订单', orderNo))
  expect(order.fields.追踪号).toBe(orderTrace)

  const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', { order_id: orderNo, amount: 100 })
  const instance = await until('the approval', async () => (await p.instances(refundNo))[0])
  const trace = traceOf(await p.card(refundNo))
  expect(trace).toMatch(/^\w{12}$/)
  expect(instance.values.追踪号).toBe(trace)
  await until('the refund’s row', async () => (await p.row('退款单', refundNo))?.fields.追踪号 === trace)
  await until('the log', () => p.log().some((line) => line.trace === trace && line.msg === 'approval opened'))
  await p.settled()
  const about = p.log().filter((line) => JSON.stringify(line).includes(`refund:douyin:${refundNo}`))
  expect(about.map((line) => line.trace)).toEqual(about.map(() => trace))
})

test('while Feishu cannot be reached the product lives, says what is missing, and keeps the orders', async () => {
  const p = await startProduct({
    wait: false,
    prepare: (world) => world.fault({ kind: '5xx', family: 'feishu' }),
  })
  try {
    expect((await p.ask('/healthz')).status).toBe(200)
    const ready = await p.ask('/readyz')
    expect(ready.status).toBe(503)
    expect(JSON.parse(ready.text).checks.base.ok).toBe(false)
    const metric = async () => /huiliu_backlog_rows_behind (\d+)/.exec((await p.ask('/metrics')).text)?.[1]
    await until('orders are taken in', async () => Number(await metric()) >= 250)
    await p.clearFaults()
    await until('it is ready', async () => (await p.ask('/readyz')).status === 200)
    await p.settled()
    expect((await p.rows('订单')).length).toBeGreaterThanOrEqual(250)
  } finally {
    await p.stop()
  }
})
