import type { Refund } from '#src/contracts/canonical.ts'
import type { ShopView } from '#src/contracts/playbook.ts'
import { payerWords } from './refund-words.ts'

/**
 * Who executes this refund, as the row's 执行方 says it: the shop's setting, when the system it names knows the
 * refund; otherwise the one system that does, because nobody else could. Exactly one, and a person when none can.
 */
export function executorOf(refund: Refund, shop: ShopView | undefined): string {
  if (shop === undefined || shop.payer === 'person') return payerWords.person
  const knows = {
    erp: shop.erp !== undefined && refund.refs[shop.erp] !== undefined,
    channel: refund.refs[shop.connector] !== undefined,
  }
  const other = shop.payer === 'erp' ? 'channel' : 'erp'
  if (knows[shop.payer]) return payerWords[shop.payer]
  return knows[other] ? payerWords[other] : payerWords.person
}
