/** The approval's form is made by people in the console, and people change it. */
import { expect, test } from 'vitest'
import { approvalState, type Widget } from '../../sandbox/feishu/approval/state.ts'
import { textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

const product = useProduct()

function changeForm(p: Product, change: (form: Widget[]) => Widget[]): void {
  const { kernel } = p.sandbox
  const definition = approvalState(kernel).definitions.find((one) => one.name === '退款审批')
  if (definition === undefined) throw new Error('no definition 退款审批')
  definition.form = change(definition.form)
  kernel.events.emit({
    schema: '2.0',
    type: 'approval.approval.updated_v4',
    event: {
      object: {
        approval_code: definition.approval_code,
        approval_id: definition.approval_id,
        timestamp: String(kernel.clock.now()),
        version_id: '2',
        widget_group_type: 0,
        form_definition_id: '1',
      },
    },
  })
}

async function refund(p: Product): Promise<string> {
  const { outer_as_id } = await p.post('erp/jushuitan/refunds', {
    order_id: await p.placeOrder(),
    amount: 100,
  })
  return outer_as_id
}

const alerts = async (p: Product) =>
  (await p.messages('审批单无法发起')).filter((one) => one.chat_id === p.chat(/运营/))
const approval = (p: Product, refundNo: string) =>
  until('the approval', async () => (await p.instances(refundNo))[0])

test('renamed widgets are found by their custom id, and moved ones too', async () => {
  const p = product()
  changeForm(p, (form) =>
    form.toReversed().map((one) => (one.custom_id === 'reason' ? { ...one, name: '为什么退' } : one)),
  )
  const instance = await approval(p, await refund(p))
  expect(instance.values.为什么退).toEqual(expect.any(String))
})

test('a form that no longer fits: parked, the operators are told which widget; mended, everything is opened by itself', async () => {
  const p = product()
  let kept: Widget[] = []
  changeForm(p, (form) => {
    kept = form
    return form.filter((one) => one.custom_id !== 'refund_amount')
  })
  const refundNo = await refund(p)
  const alert = await until('the operators are told', async () => (await alerts(p))[0])
  expect(textOf(alert)).toContain('退款金额')
  expect(textOf(alert)).toContain('怎么办')
  const second = await refund(p)
  await until('both wait', async () => /backlog_cases_parked 2/.test((await p.ask('/metrics')).text))
  expect(await p.instances(refundNo)).toEqual([])
  expect(await alerts(p)).toHaveLength(1)
  expect((await p.row('退款单', refundNo))?.fields.状态).toBe('待审批')

  changeForm(p, () => kept)
  await Promise.all([approval(p, refundNo), approval(p, second)])
  await until('the alert is taken back', async () =>
    textOf({ content: (await alerts(p))[0]?.content }).includes('已恢复'),
  )
  await p.settled()
  for (const no of [refundNo, second]) expect(await p.instances(no)).toHaveLength(1)
})

test('a new required widget that nobody told us of parks the case and names it', async () => {
  const p = product()
  let kept: Widget[] = []
  changeForm(p, (form) => {
    kept = form
    return [
      ...form,
      { id: 'widget99', custom_id: 'cost', name: '成本中心', type: 'input', required: true, printable: true },
    ]
  })
  const refundNo = await refund(p)
  await until('the operators are told', async () =>
    (await alerts(p)).some((one) => textOf(one).includes('成本中心')),
  )
  changeForm(p, () => kept)
  await approval(p, refundNo)
})

test('an approval that passes by itself, before its creation is even answered, is carried out at once', async () => {
  const p = product()
  const { kernel } = p.sandbox
  const definition = approvalState(kernel).definitions.find((one) => one.name === '退款审批')
  const nodes = definition?.nodes ?? []
  const approvers = nodes.map((node) => node.approvers)
  for (const node of nodes) node.approvers = []
  await p.fault({
    kind: 'slow_after_apply',
    route: 'POST /open-apis/approval/v4/instances',
    ms: 500,
    times: 1,
  })
  const refundNo = await refund(p)
  await until('it is booked', () => p.row('财务流水', refundNo), 30_000)
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ times: 1 })])
  for (const [i, node] of nodes.entries()) node.approvers = approvers[i] ?? []
})
