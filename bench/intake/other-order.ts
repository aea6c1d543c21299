/** A channel's record as that of another order: its number is replaced wherever it stands. */
export function asOtherOrder(record: unknown, copy: number): unknown {
  const { order_id: orderId } = record as { order_id?: unknown }
  if (typeof orderId !== 'string' || orderId.length < 2) throw new Error('the record names no order')
  const other = `${copy}${orderId.slice(String(copy).length)}`
  return JSON.parse(JSON.stringify(record).replaceAll(orderId, other))
}
