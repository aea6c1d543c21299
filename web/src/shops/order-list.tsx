import { Search } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { OrderTab, WebOrderLine, WebOrderPage, WebShop } from '#sandbox/channels/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Badge } from './badge.tsx'
import { shortTime, yuan } from './format.ts'
import { Loaded } from './load-state.tsx'
import own from './order-list.module.css'
import { Pager } from './pager.tsx'
import { PlaceOrder } from './place-order.tsx'
import styles from './shops.module.css'
import { afterSaleWords, orderStatusWords, type Words } from './words.ts'

const tabs: readonly { id: OrderTab; words: Words }[] = [
  { id: 'all', words: ['全部', 'All'] },
  { id: 'unpaid', words: ['待付款', 'Unpaid'] },
  { id: 'paid', words: ['待发货 / 待预约', 'To ship or book'] },
  { id: 'shipped', words: ['已发货 / 已预约', 'Shipped or booked'] },
  { id: 'finished', words: ['已完成', 'Finished'] },
  { id: 'closed', words: ['已关闭', 'Closed'] },
  { id: 'after_sale', words: ['售后中', 'Refunds'] },
]

/** Orders of one shop, or of `all`: by state, by words, page by page. The address keeps what is shown. */
export function OrderList({ shop }: { shop: string }) {
  const t = useT()
  const [search, setSearch] = useSearchParams()
  const tab = tabs.find((one) => one.id === search.get('tab'))?.id ?? 'all'
  const words = search.get('q') ?? ''
  const query = new URLSearchParams({ tab, q: words, page: search.get('page') ?? '1' })
  const orders = useWeb<WebOrderPage>(`shops/${encodeURIComponent(shop)}/orders?${query}`, [
    'douyin-shop-orders',
    'douyin-shop-aftersales',
  ])
  const choose = (changes: Record<string, string>) =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.delete('page')
      for (const [name, value] of Object.entries(changes)) {
        if (value === '') next.delete(name)
        else next.set(name, value)
      }
      return next
    })
  return (
    <div className={styles.page}>
      <Head shop={shop} />
      <section className={`${styles.panel} ${styles.flush}`} aria-label={t('订单列表', 'Orders')}>
        <div className={own.top}>
          <Tabs
            label={t('订单状态', 'Order state')}
            current={tab}
            onChoose={(id) => choose({ tab: id })}
            tabs={tabs.map(({ id, words: [zh, en] }) => ({
              id,
              text: t(zh, en),
              count: orders.data?.counts[id],
            }))}
          />
          <SearchBox key={words} words={words} onSearch={(q) => choose({ q })} />
        </div>
        <Loaded query={orders}>
          {(data) => (
            <>
              <Orders orders={data.orders} withShop={shop === 'all'} />
              <Pager page={data.page} pages={data.pages} onGo={(page) => choose({ page: String(page) })} />
            </>
          )}
        </Loaded>
      </section>
    </div>
  )
}

function Head({ shop }: { shop: string }) {
  const t = useT()
  const shops = useWeb<WebShop[]>('shops', ['douyin-shop', 'douyin-shop-orders'])
  const [buying, setBuying] = useState(false)
  const known = shops.data?.find((one) => one.shop_id === shop)
  return (
    <header className={styles.head}>
      <h1>{known?.name ?? t('全部订单', 'All orders')}</h1>
      {known ? (
        <Button look="primary" onClick={() => setBuying(true)}>
          {t('以买家身份下单', 'Place an order')}
        </Button>
      ) : null}
      {known && buying ? <PlaceOrder shop={known} onClose={() => setBuying(false)} /> : null}
    </header>
  )
}

export function SearchBox({ words, onSearch }: { words: string; onSearch: (words: string) => void }) {
  const t = useT()
  const [text, setText] = useState(words)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(text.trim())
  }
  return (
    <search className={own.search}>
      <form onSubmit={submit}>
        <Search size={16} aria-hidden />
        <input
          type="search"
          value={text}
          placeholder={t('订单号、商品、买家', 'Number, product, buyer')}
          aria-label={t('搜索订单', 'Search orders')}
          onChange={(event) => {
            setText(event.target.value)
            if (event.target.value === '') onSearch('')
          }}
        />
      </form>
    </search>
  )
}

function Orders({ orders, withShop }: { orders: readonly WebOrderLine[]; withShop: boolean }) {
  const t = useT()
  if (orders.length === 0)
    return <Empty title={t('没有订单', 'No orders')} text={t('换个条件看看', 'Try another filter')} />
  return (
    <ul className={own.list}>
      {orders.map((order) => (
        <li key={order.order_id}>
          <Link href={`/shops/orders/${order.order_id}`} className={own.order}>
            <span className={own.what}>
              <strong>{order.product}</strong>
              <small>
                {order.spec} · ×{order.quantity}
              </small>
            </span>
            <span className={own.number}>
              <span className={styles.mono}>{order.order_id}</span>
              <small>
                {withShop ? `${order.shop_name} · ` : ''}
                {order.buyer}
              </small>
            </span>
            <span className={styles.money}>{yuan(order.pay_amount)}</span>
            <span className={own.state}>
              <Badge words={orderStatusWords(order.status, order.kind)} />
              {order.after_sale === null ? null : <Badge words={afterSaleWords(order.after_sale)} />}
            </span>
            <time className={own.time}>{shortTime(order.created_at)}</time>
          </Link>
        </li>
      ))}
    </ul>
  )
}
