import { Check, LoaderCircle, PencilLine, Wifi, WifiOff } from 'lucide-react'
import type { StoryAct, WebStory } from '#sandbox/world/story/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import styles from './outage-stage.module.css'
import { useStoryActs } from './use-story.ts'

const wanted = 5

/** The renamed column, the network switch, and five orders with their rows and cards. */
export function OutageStage({ story }: { story: WebStory }) {
  const t = useT()
  const acts = useStoryActs()
  const { outage } = story
  const button = (act: StoryAct, text: string) => (
    <Button busy={acts.busy} onClick={() => acts.doAct(act)}>
      {text}
    </Button>
  )
  const slots = Array.from(
    { length: Math.max(wanted, outage.orders.length) },
    (_, index) => outage.orders[index],
  )
  return (
    <div className={styles.stage}>
      <div className={styles.line}>
        <PencilLine size={18} aria-hidden />
        {outage.renamed ? (
          <span>
            {t('列名', 'Column')} <s>{outage.renamed.from}</s> → <b>{outage.renamed.to}</b>
          </span>
        ) : (
          button('rename', t('改一列的名字', 'Rename a column'))
        )}
      </div>
      <div className={styles.net} data-offline={outage.offline} role="status">
        {outage.offline ? <WifiOff size={22} aria-hidden /> : <Wifi size={22} aria-hidden />}
        <span>
          {outage.offline
            ? t('飞书连不上了', 'Feishu is out of reach')
            : outage.back
              ? t('网络已恢复', 'The network is back')
              : t('网络正常', 'The network is fine')}
        </span>
        {outage.offline
          ? button('online', t('恢复网络', 'Reconnect'))
          : outage.back
            ? null
            : button('offline', t('断网', 'Disconnect'))}
      </div>
      {outage.offline && outage.orders.length < wanted
        ? button('orders', t('来五单', 'Place five orders'))
        : null}
      <ol className={styles.orders} aria-label={t('断网时的订单', 'Orders of the outage')}>
        {slots.map((order, index) => (
          <li key={order?.order_id ?? index} data-there={order !== undefined}>
            <span className={styles.product}>
              {order?.product ?? t(`第 ${index + 1} 单`, `Order ${index + 1}`)}
            </span>
            <Count
              name={t('行', 'row')}
              count={order?.rows ?? 0}
              waits={order !== undefined && !outage.offline}
            />
            <Count
              name={t('卡片', 'card')}
              count={order?.cards ?? 0}
              waits={order !== undefined && !outage.offline}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Count({ name, count, waits }: { name: string; count: number; waits: boolean }) {
  return (
    <span className={styles.count} data-count={count}>
      {count === 1 ? (
        <Check size={14} aria-hidden />
      ) : waits && count === 0 ? (
        <LoaderCircle size={14} className={styles.turning} aria-hidden />
      ) : null}
      {count > 1 ? `×${count} ` : ''}
      {name}
    </span>
  )
}
