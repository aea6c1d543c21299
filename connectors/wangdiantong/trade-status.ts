import type { OrderStatus } from '#src/contracts/canonical.ts'

interface Known {
  status: OrderStatus
  text: string
}

/** UNVERIFIED, all of them: 订单状态 as public clients list them, the same in both editions. */
const statuses: Record<string, Known> = {
  '5': { status: 'cancelled', text: '已取消' },
  '6': { status: 'paid', text: '待转预订单' },
  '10': { status: 'unpaid', text: '待付款' },
  '12': { status: 'unpaid', text: '待尾款' },
  '13': { status: 'paid', text: '待选仓' },
  '15': { status: 'unpaid', text: '等未付' },
  '16': { status: 'paid', text: '延时审核' },
  '19': { status: 'paid', text: '预订单前处理' },
  '20': { status: 'paid', text: '前处理' },
  '21': { status: 'paid', text: '委外前处理' },
  '22': { status: 'paid', text: '抢单前处理' },
  '25': { status: 'paid', text: '预订单' },
  '27': { status: 'paid', text: '待抢单' },
  '30': { status: 'paid', text: '待客审' },
  '35': { status: 'paid', text: '待财审' },
  '40': { status: 'paid', text: '待递交仓库' },
  '45': { status: 'paid', text: '递交仓库中' },
  '50': { status: 'paid', text: '已递交仓库' },
  '53': { status: 'paid', text: '未确认' },
  '55': { status: 'paid', text: '已审核' },
  '95': { status: 'shipped', text: '已发货' },
  '105': { status: 'shipped', text: '部分打款' },
  '110': { status: 'completed', text: '已完成' },
  '113': { status: 'paid', text: '异常发货' },
}

/** Of the trades an order is split over: shipped is only what all parts are. Unknown numbers stay visible. */
export function statusOf(numbers: readonly (string | undefined)[]): Known {
  const known = numbers.map((number = ''): Known => statuses[number] ?? { status: 'unknown', text: number })
  const text = [...new Set(known.map((one) => one.text))].join('、')
  const distinct = new Set(known.map((one) => one.status))
  const [only] = distinct
  if (distinct.size === 1 && only !== undefined) return { status: only, text }
  if (distinct.has('unknown')) return { status: 'unknown', text }
  const hasLeft = distinct.has('shipped') || distinct.has('completed')
  const waits = distinct.has('paid') || distinct.has('unpaid')
  if (hasLeft) return { status: waits ? 'partly-shipped' : 'shipped', text }
  return { status: distinct.has('unpaid') ? 'unpaid' : 'paid', text }
}
