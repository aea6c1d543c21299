/** The form an administrator of the demo company made in the approval console: 退款审批. */
import type { Definition, DefinitionVersion, Widget } from './state.ts'

export type NewDefinition = DefinitionVersion &
  Pick<Definition, 'name'> &
  Partial<Pick<Definition, 'description' | 'viewers' | 'settings' | 'texts' | 'managers' | 'byApi'>>

/** One node, so that the supervisor decides. */
export function refundDefinition(supervisorOpenId: string): NewDefinition {
  return {
    name: '退款审批',
    form: [
      field(1, 'refund_no', { name: '退款单号', type: 'input', required: true }),
      field(2, 'order_no', { name: '订单号', type: 'input', required: true }),
      field(3, 'shop', { name: '店铺', type: 'input' }),
      field(4, 'product', { name: '商品', type: 'textarea' }),
      field(5, 'buyer', { name: '买家', type: 'input' }),
      field(6, 'order_amount', amount('订单金额')),
      field(7, 'refund_amount', { ...amount('退款金额'), required: true }),
      field(8, 'reason', { name: '退款原因', type: 'textarea' }),
      field(9, 'refund_type', {
        name: '退款类型',
        type: 'radioV2',
        option: [
          { value: 'm1refund0-onlyrefund00-0', text: '仅退款' },
          { value: 'm1refund0-withreturn00-1', text: '退货退款' },
        ],
      }),
      field(10, 'voucher_state', { name: '券状态', type: 'input' }),
      field(11, 'applied_at', { name: '申请时间', type: 'date' }),
      field(12, 'deadline', { name: '平台截止', type: 'date' }),
      field(13, 'source', { name: '来源', type: 'input' }),
      field(14, 'history', { name: '历史退款', type: 'textarea' }),
      field(15, 'trace', { name: '追踪号', type: 'input' }),
    ],
    nodes: [
      {
        node_id: '46e6d96cfa756980907209209ec03b64',
        custom_node_id: 'supervisor_review',
        name: '主管审批',
        node_type: 'OR',
        approvers: [{ type: 'Personal', openId: supervisorOpenId }],
        whenNobody: 'AUTO_PASS',
      },
    ],
  }
}

type Shape = Pick<Widget, 'name' | 'type'> & Partial<Pick<Widget, 'required' | 'option' | 'value'>>

function field(number: number, customId: string, shape: Shape): Widget {
  return {
    id: `widget1761180000000${String(number).padStart(4, '0')}`,
    custom_id: customId,
    required: false,
    printable: true,
    ...shape,
  }
}

function amount(name: string): Shape {
  return { name, type: 'amount', value: 'CNY', option: { currencyRange: ['CNY'] } }
}
