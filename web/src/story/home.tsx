import { Play } from 'lucide-react'
import { Link } from 'wouter'
import type { WebHome } from '#sandbox/world/story/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { shortTime, yuan } from '../shops/format.ts'
import { Loaded } from '../shops/load-state.tsx'
import { Button } from '../ui/button.tsx'
import { useTry } from '../ui/toast.tsx'
import { AreaLinks } from './area-links.tsx'
import styles from './home.module.css'
import { rememberTour } from './memory.ts'
import { NotConnected } from './not-connected.tsx'
import { startStory } from './use-story.ts'

const parts = ['douyin-shop-orders', 'im-shown', 'bitable', 'approval', 'jushuitan', 'refund-executions']

/** What goes on in this world, and the ways into it. */
export function Home() {
  const t = useT()
  const { me } = useSession()
  const attempt = useTry()
  const home = useWeb<WebHome>('home', parts)
  const again = async () => {
    if (await attempt(startStory)) rememberTour('open')
  }
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{t(`${me.name}，今天的店里`, `Today in the shops, ${me.name}`)}</h1>
          <p>
            {t(
              '一家公司的飞书、三家店和 ERP，都在这台电脑上。',
              'A company’s Feishu, its shops and its ERP, on this machine.',
            )}
          </p>
        </div>
        <Button onClick={again}>
          <Play size={15} aria-hidden />
          {t('再看一遍导览', 'Take the tour again')}
        </Button>
      </header>
      <Loaded query={home}>
        {(data) => (
          <>
            {data.connected ? null : <NotConnected />}
            <Numbers home={data} />
            <div className={styles.columns}>
              <Hours home={data} />
              <Latest home={data} />
            </div>
          </>
        )}
      </Loaded>
      <AreaLinks />
    </div>
  )
}

function Numbers({ home }: { home: WebHome }) {
  const t = useT()
  const sum = (pick: (shop: WebHome['shops'][number]) => number) =>
    home.shops.reduce((all, shop) => all + pick(shop), 0)
  const tiles = [
    { to: '/shops/all', name: t('今日订单', 'Orders today'), value: String(sum((shop) => shop.orders)) },
    { to: '/shops', name: t('今日实付', 'Paid today'), value: yuan(sum((shop) => shop.paid)) },
    { to: '/messenger', name: t('今日卡片', 'Cards today'), value: String(home.cards) },
    { to: '/base', name: t('表格行数', 'Rows'), value: String(home.rows) },
    { to: '/approval', name: t('待处理审批', 'Open approvals'), value: String(home.open_approvals) },
    { to: '/erp/ledger', name: t('已打款退款', 'Refunds paid'), value: String(home.paid_refunds) },
  ]
  return (
    <ul className={styles.tiles} aria-label={t('今天的数字', 'Today')}>
      {tiles.map(({ to, name, value }) => (
        <li key={to}>
          <Link href={to}>
            <span>{name}</span>
            <strong>{value}</strong>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Hours({ home }: { home: WebHome }) {
  const t = useT()
  const most = Math.max(1, ...home.hours.map((hour) => hour.orders))
  return (
    <section className={styles.panel} aria-label={t('近 24 小时订单', 'Orders of 24 hours')}>
      <h2>{t('近 24 小时订单', 'Orders of the last 24 hours')}</h2>
      <ol className={styles.bars}>
        {home.hours.map(({ at, orders }) => {
          const hour = shortTime(at).slice(6, 8)
          return (
            <li key={at} title={t(`${hour} 时：${orders} 单`, `${hour}:00: ${orders}`)}>
              <span className={styles.bar} style={{ height: `${(orders / most) * 100}%` }} />
              <small>{Number(hour) % 6 === 0 ? hour : ''}</small>
            </li>
          )
        })}
      </ol>
      <ul className={styles.shops}>
        {home.shops.map((shop) => (
          <li key={shop.shop_id}>
            <Link href={`/shops/${shop.shop_id}`}>{shop.name}</Link>
            <span>{t(`${shop.orders} 单`, `${shop.orders} orders`)}</span>
            <span>{yuan(shop.paid)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Latest({ home }: { home: WebHome }) {
  const t = useT()
  return (
    <section className={styles.panel} aria-label={t('最新订单', 'Latest orders')}>
      <h2>{t('最新订单', 'Latest orders')}</h2>
      <ul className={styles.latest}>
        {home.latest.map((order) => (
          <li key={order.order_id}>
            <Link href={`/shops/orders/${order.order_id}`}>
              <span>{order.product}</span>
              <b>{yuan(order.amount)}</b>
              <small>{order.shop_name}</small>
              <small>{shortTime(order.at)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
