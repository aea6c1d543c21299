/** The platform changes a refund's amount and we have not heard of it yet when people decide. */
import { expect, test } from 'vitest'
import { useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

let byPlatform = ''
let byErp: { outer_as_id: string; as_id: number } = { outer_as_id: '', as_id: 0 }

/** Nothing is announced and nothing is pulled a second time: what changes after the start stays unknown. */
const product = useProduct({
  pushes: false,
  pollSeconds: 3_600,
  async prepare(control) {
    const [first, second] = [await control.placeOrder(), await control.placeOrder()]
    const made = await control.post('channels/douyin-shop/refunds', {
      order_id: first,
      amount: 5_000,
      type: 2,
    })
    byPlatform = made.aftersale_id
    const inErp = await control.post('erp/jushuitan/refunds', { order_id: second, amount: 5_000 })
    byErp = { outer_as_id: inErp.outer_as_id, as_id: inErp.as_id }
  },
})

const pending = (refundNo: string, yuan: number) =>
  until(`an approval about ${yuan} yuan`, async () =>
    (await product().instances(refundNo)).find(
      (one) => one.status === 'PENDING' && one.values.退款金额 === yuan,
    ),
  )

test.each([
  ['on the platform', () => byPlatform, () => `channels/douyin-shop/refunds/${byPlatform}`],
  ['in the ERP', () => byErp.outer_as_id, () => `erp/jushuitan/refunds/${byErp.as_id}`],
])('an amount that changed %s unnoticed is not paid: people are asked again', async (_where, no, path) => {
  const p = product()
  const refundNo = no()
  const approve = (code: string) => p.post(`approvals/${code}/approve`, { open_id: p.person('王岚') })
  const old = await pending(refundNo, 50)
  await p.post(`${path()}/amount`, { amount: 4_000 })
  await approve(old.instance_code)

  const fresh = await pending(refundNo, 40)
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([])
  const row = await p.row('退款单', refundNo)
  expect(row?.fields).toMatchObject({ 状态: '审批中', 退款金额: 40 })
  expect(row?.fields.审批结果 ?? null).toBeNull()

  await approve(fresh.instance_code)
  await until('it is paid', async () => (await p.row('退款单', refundNo))?.fields.状态 === '已退款')
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ amount: 4_000, times: 1 })])
  expect(await p.rows('财务流水', refundNo)).toHaveLength(1)
})
