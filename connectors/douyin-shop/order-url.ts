import type { DeepLink } from '#src/contracts/connector.ts'
import type { DouyinShopConfig } from './config.ts'

/** Where 查看订单 leads: the configured addresses with the order number filled in. */
export function orderUrl(order: { orderNo: string }, config: DouyinShopConfig): DeepLink {
  const fill = (template: string) => template.replaceAll('{orderNo}', encodeURIComponent(order.orderNo))
  const template = config.orderUrlTemplate
  if (typeof template === 'string') return { url: fill(template) }
  return {
    url: fill(template.url),
    ...(template.pcUrl ? { pcUrl: fill(template.pcUrl) } : {}),
    ...(template.iosUrl ? { iosUrl: fill(template.iosUrl) } : {}),
    ...(template.androidUrl ? { androidUrl: fill(template.androidUrl) } : {}),
  }
}
