/**
 * After-sales are only found by their order, so our name for one holds the order's number too. Notices do not tell the
 * after-sale's number, only the certificate's: then that names it.
 */
export type RefundRef = { orderId: string } & ({ afterSaleId: string } | { certificateId: string })

export function textOfRef(ref: RefundRef): string {
  return 'afterSaleId' in ref ? `${ref.orderId}/${ref.afterSaleId}` : `${ref.orderId}/c:${ref.certificateId}`
}

/** Undefined for a number without its order. */
export function refOfText(text: string): RefundRef | undefined {
  const [, orderId, certificate, number] = /^([^/]+)\/(c:)?([^/:]+)$/.exec(text) ?? []
  if (orderId === undefined || number === undefined) return undefined
  return certificate === undefined ? { orderId, afterSaleId: number } : { orderId, certificateId: number }
}
