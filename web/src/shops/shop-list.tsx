import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WebShop } from '#sandbox/channels/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { yuan } from './format.ts'
import { Loaded } from './load-state.tsx'
import { PlaceOrder } from './place-order.tsx'
import own from './shop-list.module.css'
import styles from './shops.module.css'

/** The shops of this world: what they sell and how their day goes. */
export function ShopList() {
  const t = useT()
  const shops = useWeb<WebShop[]>('shops', ['douyin-shop', 'douyin-shop-orders'])
  const [buying, setBuying] = useState<WebShop | undefined>()
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('店铺', 'Shops')}</h1>
        <span className={styles.hint}>
          {t('这里扮演买家和店铺：下单、付款、发货、退款', 'Play the customers and the shops here')}
        </span>
      </header>
      <Loaded query={shops}>
        {(list) => (
          <ul className={`${styles.cards} ${own.list}`}>
            {list.map((shop) => (
              <li key={shop.shop_id}>
                <ShopCard shop={shop} onBuy={() => setBuying(shop)} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {buying ? <PlaceOrder shop={buying} onClose={() => setBuying(undefined)} /> : null}
    </div>
  )
}

function ShopCard({ shop, onBuy }: { shop: WebShop; onBuy: () => void }) {
  const t = useT()
  const orders = (tab: string) => `/shops/${shop.shop_id}?tab=${tab}`
  return (
    <section className={`${styles.panel} ${own.card}`} aria-label={shop.name}>
      <div className={own.title}>
        <Avatar name={shop.name} square size={40} />
        <div>
          <Link href={`/shops/${shop.shop_id}`} className={own.name}>
            {shop.name}
          </Link>
          <p className={styles.quiet}>
            {t('抖店', 'Doudian')} ·{' '}
            {shop.kind === 'voucher' ? t('套餐券', 'Vouchers') : t('实物商品', 'Goods')} · {shop.shop_id}
          </p>
        </div>
      </div>
      <dl className={own.numbers}>
        <div>
          <dt>{t('今日订单', 'Orders today')}</dt>
          <dd>{shop.today.orders}</dd>
        </div>
        <div>
          <dt>{t('今日实付', 'Paid today')}</dt>
          <dd>{yuan(shop.today.paid)}</dd>
        </div>
      </dl>
      <div className={own.waiting}>
        <Link href={orders('unpaid')}>
          {t('待付款', 'Unpaid')} <b>{shop.waiting.payment}</b>
        </Link>
        <Link href={orders('paid')}>
          {shop.kind === 'voucher' ? t('待预约', 'To book') : t('待发货', 'To ship')}{' '}
          <b>{shop.waiting.delivery}</b>
        </Link>
        <Link href={orders('after_sale')}>
          {t('待售后', 'Refunds')} <b>{shop.waiting.after_sale}</b>
        </Link>
      </div>
      <ul className={own.products} aria-label={t('在售商品', 'On sale')}>
        {shop.products.map((product) => (
          <li key={product.product_id}>
            <span>{product.name}</span>
            <span className={styles.money}>{yuan(product.price)}</span>
          </li>
        ))}
      </ul>
      <div className={own.actions}>
        <Button look="primary" onClick={onBuy}>
          <Plus size={16} aria-hidden />
          {t('以买家身份下单', 'Place an order')}
        </Button>
        <Link href={`/shops/${shop.shop_id}`}>{t('查看订单', 'See orders')}</Link>
      </div>
    </section>
  )
}
