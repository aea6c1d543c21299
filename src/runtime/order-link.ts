import type { Order } from '#src/contracts/canonical.ts'
import type { DeepLink } from '#src/contracts/connector.ts'

const variables = (order: Order): Record<string, string> => ({
  orderNo: order.orderNo,
  platform: order.platform,
  shopId: order.shopId,
})

/** Fills `{orderNo}`, `{platform}`, `{shopId}` into a shop's link template, URL-encoded; unknown names stay as they are. */
export function fillTemplate(template: string, order: Order): string {
  const values = variables(order)
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : encodeURIComponent(value)
  })
}

/** Feishu and Bitable refuse what is no web address; apps of a phone have schemes of their own, but never scripts. */
function isUsable(url: string, device: string | undefined): boolean {
  if (!URL.canParse(url)) return false
  const { protocol } = new URL(url)
  if (protocol === 'https:' || protocol === 'http:') return true
  return (device === 'ios' || device === 'android') && !/^(javascript|data|file|vbscript):$/.test(protocol)
}

/**
 * A shop's setting for 查看订单: one template, or one per device separated by spaces, each but the first prefixed
 * with `pc=`, `ios=` or `android=`, e.g. `https://erp.example/o/{orderNo} ios=erp://o/{orderNo}`.
 * Parts that are no address are left out; undefined when no general one is left.
 */
export function linkFromTemplate(template: string, order: Order): DeepLink | undefined {
  const link: DeepLink = { url: '' }
  for (const part of template.trim().split(/\s+/)) {
    const [, device, rest] = /^(?:(pc|ios|android)=)?(.+)$/s.exec(part) ?? []
    if (rest === undefined) continue
    const url = fillTemplate(rest, order)
    if (!isUsable(url, device)) continue
    if (device === 'pc') link.pcUrl = url
    else if (device === 'ios') link.iosUrl = url
    else if (device === 'android') link.androidUrl = url
    else link.url = url
  }
  return link.url === '' ? undefined : link
}
