import { BadgeCheck, Boxes, ClipboardList, FileCheck2, Radio, RotateCcw, Store, Undo2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { useT } from '../shell/language.tsx'
import { AfterSales } from './after-sales.tsx'
import { Ledger } from './erp/ledger.tsx'
import { ErpOrders } from './erp/orders.tsx'
import { ErpRefunds } from './erp/refunds.tsx'
import { WriteBacks } from './erp/write-backs.tsx'
import { OrderList } from './order-list.tsx'
import { OrderPage } from './order-page.tsx'
import styles from './page.module.css'
import { Pushes } from './pushes.tsx'
import { ShopList } from './shop-list.tsx'

const groups = [
  {
    zh: '抖店',
    en: 'Shops',
    items: [
      { to: '/shops', zh: '店铺', en: 'Shops', icon: Store },
      { to: '/shops/all', zh: '订单', en: 'Orders', icon: ClipboardList },
      { to: '/shops/after-sales', zh: '售后', en: 'After-sales', icon: RotateCcw },
      { to: '/shops/pushes', zh: '消息推送', en: 'Pushes', icon: Radio },
    ],
  },
  {
    zh: '聚水潭 ERP',
    en: 'ERP',
    items: [
      { to: '/erp', zh: 'ERP 订单', en: 'ERP orders', icon: Boxes },
      { to: '/erp/refunds', zh: 'ERP 退款', en: 'ERP refunds', icon: Undo2 },
      { to: '/erp/write-backs', zh: '回写记录', en: 'Write-backs', icon: FileCheck2 },
      { to: '/erp/ledger', zh: '打款台账', en: 'Ledger', icon: BadgeCheck },
    ],
  },
] as const

/** The shops' back office and the ERP. */
export default function Page() {
  return (
    <div className={styles.layout}>
      <SideNav />
      <div className={styles.content}>
        <Switch>
          <Route path="/shops" component={ShopList} />
          <Route path="/shops/orders">{() => <Redirect to="/shops/all" replace />}</Route>
          <Route path="/shops/orders/:order">{({ order }) => <OrderPage key={order} id={order} />}</Route>
          <Route path="/shops/after-sales" component={AfterSales} />
          <Route path="/shops/pushes" component={Pushes} />
          <Route path="/shops/:shop">{({ shop }) => <OrderList key={shop} shop={shop} />}</Route>
          <Route path="/erp" component={ErpOrders} />
          <Route path="/erp/refunds" component={ErpRefunds} />
          <Route path="/erp/write-backs" component={WriteBacks} />
          <Route path="/erp/ledger" component={Ledger} />
          <Route>{() => <Redirect to="/shops" replace />}</Route>
        </Switch>
      </div>
    </div>
  )
}

function SideNav() {
  const t = useT()
  const [path] = useLocation()
  const current = currentItem(path)
  const nav = useRef<HTMLElement>(null)
  // On a phone the row is wider than the screen: where one is must be seen.
  useEffect(() => {
    nav.current
      ?.querySelector(`[href="${CSS.escape(current)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return (
    <nav ref={nav} className={styles.nav} aria-label={t('店铺与 ERP', 'Shops and ERP')}>
      {groups.map((group) => (
        <div key={group.zh} className={styles.group}>
          <h2>{t(group.zh, group.en)}</h2>
          {group.items.map(({ to, zh, en, icon: Icon }) => (
            <Link key={to} href={to} aria-current={to === current ? 'page' : undefined}>
              <Icon size={16} aria-hidden />
              {t(zh, en)}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  )
}

/** An order's or a shop's page belongs to the orders. */
function currentItem(path: string): string {
  const known = groups.flatMap((group) => group.items.map((item) => item.to as string))
  if (known.includes(path)) return path
  return path.startsWith('/shops/') ? '/shops/all' : '/erp'
}
