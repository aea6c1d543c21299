import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import type { WebOrder } from '#sandbox/channels/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { AfterSaleCard } from './after-sale-card.tsx'
import { Badge } from './badge.tsx'
import { dayText, exactTime, yuan } from './format.ts'
import { Loaded } from './load-state.tsx'
import { OrderActions } from './order-actions.tsx'
import own from './order-page.module.css'
import { OrderProgress } from './order-progress.tsx'
import { PushList } from './push-list.tsx'
import styles from './shops.module.css'
import { certificateWords, orderStatusWords } from './words.ts'

/** The order page that 查看订单 of a card opens. */
export function OrderPage({ id }: { id: string }) {
  const t = useT()
  const order = useWeb<WebOrder>(`shop-orders/${encodeURIComponent(id)}`, [
    'douyin-shop-orders',
    'douyin-shop-aftersales',
    'douyin-shop-pushes',
    'jushuitan',
  ])
  return (
    <div className={styles.page}>
      <Loaded query={order}>
        {(data) => (
          <>
            <Link href={`/shops/${data.shop_id}`} className={own.back}>
              <ArrowLeft size={16} aria-hidden />
              {data.shop_name}
            </Link>
            <section className={styles.panel} aria-label={t('订单', 'Order')}>
              <header className={styles.head}>
                <h1>{data.product}</h1>
                <Badge words={orderStatusWords(data.status, data.kind)} />
              </header>
              <p className={styles.hint}>
                {t('订单号', 'Order')} <span className={styles.mono}>{data.order_id}</span>
              </p>
              <OrderProgress order={data} />
              <OrderActions order={data} />
            </section>
            <div className={own.columns}>
              <div className={own.column}>
                <Money order={data} />
                <Buyer order={data} />
                <Certificates order={data} />
              </div>
              <div className={own.column}>
                <section className={styles.panel} aria-label={t('售后', 'After-sales')}>
                  <h2>{t('售后', 'After-sales')}</h2>
                  {data.after_sales.length === 0 ? (
                    <p className={styles.quiet}>{t('没有售后', 'None')}</p>
                  ) : (
                    data.after_sales.map((item) => <AfterSaleCard key={item.id} item={item} />)
                  )}
                </section>
                <section className={styles.panel} aria-label={t('推送给商家系统', 'Pushed to the merchant')}>
                  <h2>{t('推送给商家系统', 'Pushed to the merchant system')}</h2>
                  <PushList pushes={data.pushes} />
                </section>
              </div>
            </div>
          </>
        )}
      </Loaded>
    </div>
  )
}

function Money({ order }: { order: WebOrder }) {
  const t = useT()
  const lines: [string, string][] = [
    [t('规格', 'Variant'), order.spec],
    [t('单价 × 数量', 'Price × quantity'), `${yuan(order.unit_price)} × ${order.quantity}`],
    [t('优惠', 'Discount'), order.promotion > 0 ? `−${yuan(order.promotion)}` : '—'],
    [t('运费', 'Postage'), order.postage > 0 ? yuan(order.postage) : t('免运费', 'Free')],
    [t('实付', 'Paid'), yuan(order.pay_amount)],
  ]
  return (
    <section className={styles.panel} aria-label={t('商品与金额', 'Product and money')}>
      <h2>{t('商品与金额', 'Product and money')}</h2>
      <dl className={styles.facts}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={styles.money}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Buyer({ order }: { order: WebOrder }) {
  const t = useT()
  const lines: [string, string][] = [
    [t('买家', 'Buyer'), `${order.buyer} ${order.buyer_phone}`],
    [t('地区', 'Place'), order.buyer_place],
    [t('买家留言', 'Words'), order.buyer_words || '—'],
    [t('主播', 'Host'), order.host || t('非直播间订单', 'Not from a live room')],
    [t('预约日期', 'Booked for'), dayText(order.booked_for)],
    [
      t('ERP 内部单号', 'ERP number'),
      order.erp_order === null ? t('尚未同步', 'Not there yet') : String(order.erp_order),
    ],
  ]
  if (order.cancel_reason !== '') lines.push([t('关闭原因', 'Why closed'), order.cancel_reason])
  return (
    <section className={styles.panel} aria-label={t('买家与履约', 'Buyer')}>
      <h2>{t('买家与履约', 'Buyer')}</h2>
      <dl className={styles.facts}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Certificates({ order }: { order: WebOrder }) {
  const t = useT()
  if (order.certificates.length === 0) return null
  return (
    <section className={styles.panel} aria-label={t('券码', 'Vouchers')}>
      <h2>{t('券码', 'Vouchers')}</h2>
      <ul className={own.certificates}>
        {order.certificates.map(({ no, status, valid_until }) => (
          <li key={no}>
            <span className={styles.mono}>{no}</span>
            <Badge words={certificateWords(status)} />
            <small className={styles.quiet} title={exactTime(valid_until)}>
              {t('有效至', 'until')} {dayText(valid_until)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
