import { Timer } from 'lucide-react'
import { Link } from 'wouter'
import type { StoryOrder, WebStory } from '#sandbox/world/story/shapes.ts'
import { useT } from '../shell/language.tsx'
import { yuan } from '../shops/format.ts'
import { CardPreview } from './card-preview.tsx'
import styles from './order-stage.module.css'
import { useSandboxNow } from './use-now.ts'

/** The order, the timer from order to card, and the card. */
export function OrderStage({ story }: { story: WebStory }) {
  const t = useT()
  const { order } = story
  return (
    <div className={styles.stage}>
      <div className={styles.timer} data-arrived={order?.card != null}>
        <Timer size={22} aria-hidden />
        <Elapsed story={story} order={order} />
        <small>
          {order === null
            ? t('下单后开始计时', 'Starts with the order')
            : order.card === null
              ? t('卡片正在路上…', 'The card is on its way …')
              : t('从下单到卡片进群', 'From the order to the card')}
        </small>
      </div>
      {order ? (
        <>
          <p className={styles.order}>
            <Link href={`/shops/orders/${order.order_id}`}>{order.product}</Link>
            <span>
              {order.shop_name} · {yuan(order.amount)}
            </span>
          </p>
          <CardPreview order={order} />
        </>
      ) : null}
    </div>
  )
}

function Elapsed({ story, order }: { story: WebStory; order: StoryOrder | null }) {
  const now = useSandboxNow(story.now, order !== null && order.card === null)
  const ms = order === null ? 0 : (order.card?.at ?? now) - order.placed_at
  return (
    <strong role="timer" data-ms={order?.card ? ms : undefined}>
      {(Math.max(0, ms) / 1000).toFixed(2)}
      <span className={styles.unit}> s</span>
    </strong>
  )
}
