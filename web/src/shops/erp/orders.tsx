import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { WebErpOrder, WebErpOrderPage } from '#sandbox/erp/web/shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Badge } from '../badge.tsx'
import { yuan } from '../format.ts'
import { Loaded } from '../load-state.tsx'
import { SearchBox } from '../order-list.tsx'
import { Pager } from '../pager.tsx'
import styles from '../shops.module.css'
import { erpOrderWords } from '../words.ts'
import own from './erp.module.css'
import { StartRefund } from './start-refund.tsx'

/** The ERP's copies of the shops' orders; a refund starts here. */
export function ErpOrders() {
  const t = useT()
  const [search, setSearch] = useSearchParams()
  const words = search.get('q') ?? ''
  const page = search.get('page') ?? '1'
  const orders = useWeb<WebErpOrderPage>(`erp/orders?${new URLSearchParams({ q: words, page })}`, [
    'jushuitan',
    'douyin-shop-orders',
  ])
  const [refunding, setRefunding] = useState<WebErpOrder | undefined>()
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('ERP 订单', 'ERP orders')}</h1>
        <SearchBox key={words} words={words} onSearch={(q) => setSearch(q === '' ? {} : { q })} />
      </header>
      <section className={`${styles.panel} ${styles.flush}`} aria-label={t('ERP 订单列表', 'ERP orders')}>
        <Loaded query={orders}>
          {(data) => (
            <>
              {data.orders.length === 0 ? <Empty title={t('没有订单', 'No orders')} /> : null}
              <ul className={own.list}>
                {data.orders.map((order) => (
                  <li key={order.o_id} className={own.row}>
                    <span className={own.what}>
                      <strong>{order.product}</strong>
                      <small>
                        {order.shop_name} · {t('内部单号', 'o_id')} {order.o_id}
                      </small>
                    </span>
                    <Link href={`/shops/orders/${order.so_id}`} className={styles.mono}>
                      {order.so_id}
                    </Link>
                    <span className={styles.money}>{yuan(order.amount)}</span>
                    <Badge words={erpOrderWords(order.status)} />
                    <span className={own.act}>
                      {order.refundable ? (
                        <Button small onClick={() => setRefunding(order)}>
                          {t('发起退款', 'Start refund')}
                        </Button>
                      ) : null}
                    </span>
                  </li>
                ))}
              </ul>
              <Pager
                page={data.page}
                pages={data.pages}
                onGo={(to) => setSearch({ ...(words === '' ? {} : { q: words }), page: String(to) })}
              />
            </>
          )}
        </Loaded>
      </section>
      {refunding ? <StartRefund order={refunding} onClose={() => setRefunding(undefined)} /> : null}
    </div>
  )
}
