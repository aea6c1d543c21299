/** Nothing finds a refund by its number alone, so our name for it holds the order's too. PDD docs: 售后单详情接口. */
export interface RefundRef {
  orderSn: string
  id: string
}

export function textOfRef({ orderSn, id }: RefundRef): string {
  return `${orderSn}/${id}`
}

/** Undefined for a number without its order. */
export function refOfText(text: string): RefundRef | undefined {
  const at = text.lastIndexOf('/')
  const [orderSn, id] = [text.slice(0, at), text.slice(at + 1)]
  return at > 0 && /^\d+$/.test(id) ? { orderSn, id } : undefined
}
