import { describe, expect, test } from 'vitest'
import { useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

describe.each(['long-connection', 'webhook'] as const)('an order over the %s', (transport) => {
  const product = useProduct({ transport })

  test('becomes one row and one card in its shop’s group', async () => {
    const p = product()
    const orderNo = await p.placeOrder({ kind: 'voucher' })
    const card = await p.card(orderNo)
    expect(JSON.stringify(card.content)).toContain('抖店')
    const row = await until('the row', () => p.row('订单', orderNo))
    expect(row.fields.状态).toBe('待使用')
    await p.settled()
  })
})
