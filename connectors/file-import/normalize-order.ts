import type { Order, OrderLine, OrderStatus, Voucher } from '#src/contracts/canonical.ts'
import type { Shop } from '#src/contracts/connector.ts'
import { masked } from '../kit/masked.ts'
import { maskedCode } from '../kit/masked-code.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { countCell, idCell, moneyCell, statusCell, timeCell } from './cells.ts'
import type { FileImportConfig } from './config.ts'
import { type CellReader, cellReader } from './reader.ts'
import { fileRecord } from './record.ts'

/** An order of a file: one row, or one row per line of it. @throws DataError naming column and line */
export function normalizeOrder(
  record: unknown,
  { shop, config }: { shop: Shop; config: FileImportConfig },
): Order {
  const { lines, rows } = readRecord(fileRecord, record, '文件中的订单')
  const readers = rows.map((row, index) => cellReader(row, lines[index] ?? 0))
  const first = readers[0] ?? cellReader({}, lines[0] ?? 0)
  const orderNo = first.required('orderNo', idCell)
  const statusText = first.text('status') ?? ''
  const times = timesOf(first)
  const codes = readers.flatMap((reader) => reader.optional('certificateId', idCell) ?? [])
  const status = statusText === '' ? statusFrom(times) : statusCell(statusText)
  return {
    platform: config.platform,
    orderNo,
    shopId: shop.id,
    kind: codes.length > 0 || /待使用|未使用|核销|券/.test(statusText) ? 'voucher' : 'goods',
    status,
    statusText,
    version: times.updated,
    times,
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(readers, times.paid !== undefined || status !== 'unpaid'),
    buyer: withoutUndefined({
      name: masked(first.text('buyerName')),
      phone: masked(first.text('buyerPhone')),
      id: masked(first.text('buyerId')),
      words: words(first.text('buyerWords')),
    }),
    ...withoutUndefined({ sellerWords: words(first.text('sellerWords')) }),
    lines: readers.map((reader, index) => lineOf(reader, `${orderNo}-${index + 1}`)),
    vouchers: [...new Set(codes)].map((code) => voucherOf(code, status, times.verified)),
    live: withoutUndefined({ authorId: first.text('authorId'), authorName: first.text('authorName') }),
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

/** Without a column for it, an order was last changed when the last thing known of it happened. */
function timesOf(reader: CellReader): Order['times'] {
  const created = reader.required('createdAt', timeCell)
  const known = withoutUndefined({
    paid: reader.optional('paidAt', timeCell),
    shipped: reader.optional('shippedAt', timeCell),
    verified: reader.optional('verifiedAt', timeCell),
    completed: reader.optional('completedAt', timeCell),
    cancelled: reader.optional('cancelledAt', timeCell),
  })
  const updated =
    reader.optional('updatedAt', timeCell) ?? Math.max(created, ...Object.values(known).map(Number))
  return { created, ...known, updated }
}

function statusFrom(times: Order['times']): OrderStatus {
  if (times.cancelled !== undefined) return 'cancelled'
  if (times.completed !== undefined || times.verified !== undefined) return 'completed'
  if (times.shipped !== undefined) return 'shipped'
  return times.paid === undefined ? 'unknown' : 'paid'
}

function amountsOf(readers: readonly CellReader[], isPaid: boolean): Order['amounts'] {
  const [first] = readers
  const lines = readers.map((reader) => lineAmount(reader)).reduce((sum, amount) => sum + amount, 0)
  const freight = first?.optional('freight', moneyCell) ?? 0
  const given = first?.optional('paid', moneyCell)
  const total = first?.optional('total', moneyCell) ?? (lines === 0 ? (given ?? 0) : lines + freight)
  const paid = given ?? (isPaid ? total : 0)
  return { total, paid, freight, platformDiscount: 0, sellerDiscount: isPaid ? Math.max(0, total - paid) : 0 }
}

function lineAmount(reader: CellReader): number {
  const amount = reader.optional('amount', moneyCell)
  if (amount !== undefined) return amount
  return (reader.optional('price', moneyCell) ?? 0) * (reader.optional('quantity', countCell) ?? 1)
}

function lineOf(reader: CellReader, fallbackId: string): OrderLine {
  const amount = lineAmount(reader) || (reader.optional('paid', moneyCell) ?? 0)
  return {
    lineId: reader.optional('lineId', idCell) ?? fallbackId,
    productId: reader.optional('productId', idCell) ?? '',
    title: reader.text('title') ?? '',
    quantity: reader.optional('quantity', countCell) ?? 1,
    amount,
    paid: amount,
    ...withoutUndefined({ sku: reader.text('sku'), authorName: reader.text('authorName') }),
  }
}

function voucherOf(code: string, status: OrderStatus, verifiedAt: number | undefined): Voucher {
  const state = status === 'refunded' ? 'refunded' : status === 'completed' ? 'verified' : 'paid'
  return {
    certificateId: maskedCode(code),
    state,
    ...(state === 'verified' && verifiedAt !== undefined ? { verifiedAt } : {}),
  }
}
