/** A card can be changed for 14 days. After that a fresh one takes its place, and the old one still answers. */
import { expect, test } from 'vitest'
import { buttonsOf, textOf } from '../support/card-text.ts'
import { useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

const product = useProduct()
const days = 86_400_000

test('after 14 days a changed order gets one fresh card that points back; a press on the old one explains and works', async () => {
  const p = product()
  const [changed, quiet] = await p.placeOrders({ count: 2, kind: 'voucher' })
  if (changed === undefined || quiet === undefined) throw new Error('two orders were asked for')
  const old = await p.card(changed)
  const untouched = await p.card(quiet)
  await p.settled()

  await p.advance(15 * days)
  await until('the product is connected again', async () => (await p.ask('/readyz')).status === 200)
  await p.step(changed, 'booked')
  const fresh = await until('a fresh card', async () => {
    const cards = await p.messages(changed)
    return cards.length === 2 && cards.find((one) => one.message_id !== old.message_id)
  })
  expect(fresh.chat_id).toBe(old.chat_id)
  expect(textOf(fresh)).toMatch(/原卡片（.+发送）.*请以本卡片为准/)
  expect(textOf(fresh)).toContain('已预约')
  expect(buttonsOf(fresh)).toContain('认领')

  const pressed = await p.press(old, '林小夏', '认领')
  expect(pressed.outcome.ok).toBe(true)
  expect(pressed.answer.toast.content).toMatch(/认领成功.*最新的卡片为准/)
  await until('the fresh card shows the claim', async () => {
    const now = (await p.messages(changed)).find((one) => one.message_id === fresh.message_id)
    return now !== undefined && textOf(now).includes('林小夏 已认领')
  })
  await until('the row too', async () => (await p.row('订单', changed))?.fields.跟进状态 === '已认领')

  await p.step(changed, 'verified')
  await until('the fresh card follows', async () => {
    const now = (await p.messages(changed)).find((one) => one.message_id === fresh.message_id)
    return now !== undefined && textOf(now).includes('已核销')
  })
  await p.settled()
  expect(await p.messages(changed)).toHaveLength(2)
  expect(await p.messages(quiet)).toHaveLength(1)
  expect(await p.rows('订单', changed)).toHaveLength(1)

  const firstPress = await p.press(untouched, '周宁', '认领')
  expect(firstPress.answer.toast.type).toBe('success')
  await until('its claim is shown on a fresh card', async () => {
    const cards = await p.messages(quiet)
    return cards.length === 2 && cards.some((one) => textOf(one).includes('周宁 已认领'))
  })
})
