/** Single cells as back offices write them. Each reader throws DataError for what it cannot read. */
import type { OrderStatus, RefundStage } from '#src/contracts/canonical.ts'
import { DataError } from '#src/errors.ts'
import { fenFromYuan } from '../kit/money.ts'
import { instantFromGmt8 } from '../kit/time.ts'

/** `¥1,234.50`, `1234.5元`, `１２.３`, `(12.00)` for minus. @throws DataError `money_unreadable` */
export function moneyCell(text: string): number {
  const plain = text.normalize('NFKC').replace(/[\s,¥￥元]|CNY|RMB/gi, '')
  const negative = /^\(.*\)$/.test(plain)
  const fen = fenFromYuan(plain.replace(/[()+]/g, ''))
  return negative ? -fen : fen
}

const dateParts =
  /^(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:日|号)?(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?$/

/** `2026-11-21 10:00:05`, `2026/11/21 10:00`, `2026年11月21日`, `2026.11.21`; meant in GMT+8. @throws DataError `time_unreadable` */
export function timeCell(text: string): number {
  const plain = text.normalize('NFKC').trim()
  if (/^\d{13}$/.test(plain)) return Number(plain)
  if (/^\d{10}$/.test(plain)) return Number(plain) * 1000
  const parts = dateParts.exec(plain)
  if (parts === null)
    throw new DataError('time_unreadable', `"${text.slice(0, 40)}" is not a time 不是有效的时间`)
  const [year, month, day, hour, minute, second] = parts
    .slice(1)
    .map((part) => (part ?? '0').padStart(2, '0'))
  return instantFromGmt8(`${year}-${month}-${day} ${hour}:${minute}:${second}`)
}

/** Some exports write "-", "—", "无" where there is nothing. */
export function isNothing(text: string): boolean {
  return /^(?:[-—–/]+|无|null|N\/A|0000-00-00.*|)$/i.test(text.trim())
}

/** @throws DataError `count_unreadable` */
export function countCell(text: string): number {
  const count = Number(text.normalize('NFKC').replace(/[,\s]|[件份张个间夜]$/g, ''))
  if (Number.isInteger(count) && count > 0) return count
  throw new DataError('count_unreadable', `"${text.slice(0, 40)}" is not a number of pieces 不是有效的数量`)
}

/**
 * A number. Excel keeps 15 digits: a longer one that it took for a number ends in zeros.
 * @throws DataError `id_lost_digits`
 */
export function idCell(text: string): string {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^['=]?"?|"$/g, '')
    .replace(/\t/g, '')
  if (/^\d+(?:\.\d+)?E\+\d+$/i.test(plain) || /^\d{13,}0{4,}$/.test(plain))
    throw new DataError(
      'id_lost_digits',
      `"${plain}" lost its last digits because Excel took it for a number. 编号在 Excel 里变成了数字、末位已丢失：请从后台重新导出，或把该列设为文本。`,
    )
  return plain
}

/** The first rule that fits; the words themselves are always shown as well. */
const statuses: readonly (readonly [RegExp, OrderStatus])[] = [
  [/部分发货/, 'partly-shipped'],
  [/退款成功|已退款|全额退|已退票|退订成功/, 'refunded'],
  [/待付款|待支付|未付款|未支付|等待买家付款/, 'unpaid'],
  [/已取消|取消成功|交易关闭|已关闭|关闭|作废|超时/, 'cancelled'],
  [/已完成|交易成功|已核销|已使用|已消费|已签收|已收货|已入住|已离店|已出行|成功$/, 'completed'],
  [/已预约|预约成功|待出行|待入住/, 'booked'],
  [/已发货|卖家已发货|运输中|待收货|已出库/, 'shipped'],
  [/待发货|已付款|已支付|待使用|未使用|待核销|备货|待出库|待确认|买家已付款|已确认/, 'paid'],
]

export function statusCell(text: string): OrderStatus {
  return statuses.find(([words]) => words.test(text))?.[1] ?? 'unknown'
}

const stages: readonly (readonly [RegExp, RefundStage])[] = [
  [/退款成功|已退款|售后成功|退款完成|已完结|完成$/, 'refunded'],
  [/退款中|打款中|退款处理中/, 'refunding'],
  [/拒绝|驳回/, 'refused'],
  [/撤销|取消|关闭/, 'withdrawn'],
  [/失败/, 'failed'],
  [/待买家退货|待寄回|退货中|待收货|待商家收货/, 'waiting-return'],
  [/已同意|同意/, 'agreed'],
  [/待(?:商家|卖家)?(?:处理|审核|同意)|申请|待退款/, 'requested'],
]

export function stageCell(text: string): RefundStage {
  return stages.find(([words]) => words.test(text))?.[1] ?? 'unknown'
}

export function kindCell(text: string): 'refund-only' | 'return-and-refund' | 'exchange' | 'other' {
  if (/换/.test(text)) return 'exchange'
  if (/退货/.test(text)) return 'return-and-refund'
  return /退款|仅退|退票|退订|^$/.test(text) ? 'refund-only' : 'other'
}
