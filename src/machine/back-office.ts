import type { Order } from '#src/contracts/canonical.ts'
import type { DeepLink } from '#src/contracts/connector.ts'
import type { IntakeSource } from '#src/intake/source.ts'

/** Where an order opens when its shop has no template: the channel's own back office. */
export function createBackOffice(sources: readonly IntakeSource[]): (order: Order) => DeepLink | undefined {
  return (order) => {
    const source = sources.find((s) => s.shop.id === order.shopId && s.connector.role === 'channel')
    return source?.connector.orderUrl?.(order, source.config)
  }
}
