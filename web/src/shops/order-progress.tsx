import { Check } from 'lucide-react'
import type { WebOrder } from '#sandbox/channels/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import { shortTime } from './format.ts'
import styles from './order-progress.module.css'

/** Where the order is on its way: placed, paid, booked or shipped, redeemed or received. */
export function OrderProgress({ order }: { order: WebOrder }) {
  const t = useT()
  const voucher = order.kind === 'voucher'
  const stations = [
    { text: t('下单', 'Placed'), at: order.created_at },
    { text: t('付款', 'Paid'), at: order.paid_at },
    { text: voucher ? t('预约', 'Booked') : t('发货', 'Shipped'), at: order.shipped_at },
    { text: voucher ? t('核销', 'Redeemed') : t('完成', 'Finished'), at: order.finished_at },
  ]
  return (
    <ol className={styles.steps} aria-label={t('订单进度', 'Progress')}>
      {stations.map(({ text, at }) => (
        <li key={text} data-done={at > 0}>
          <span className={styles.dot}>{at > 0 ? <Check size={13} aria-hidden /> : null}</span>
          <span>{text}</span>
          <small>{shortTime(at)}</small>
        </li>
      ))}
    </ol>
  )
}
