import { Link, useSearchParams } from 'wouter'
import type { WebAfterSale } from '#sandbox/channels/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { AfterSaleCard } from './after-sale-card.tsx'
import own from './after-sales.module.css'
import { Loaded } from './load-state.tsx'
import styles from './shops.module.css'

/** The after-sale cases of all shops, newest first, with what the merchant system did about each. */
export function AfterSales() {
  const t = useT()
  const cases = useWeb<WebAfterSale[]>('shops/all/after-sales', ['douyin-shop-aftersales'])
  const [search, setSearch] = useSearchParams()
  const tab = search.get('tab') === 'open' ? 'open' : 'all'
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('售后', 'After-sales')}</h1>
      </header>
      <Loaded query={cases}>
        {(all) => {
          const open = all.filter((item) => item.open)
          const shown = tab === 'open' ? open : all
          return (
            <section className={styles.panel} aria-label={t('售后单', 'Cases')}>
              <Tabs
                label={t('售后状态', 'State')}
                current={tab}
                onChoose={(id) => setSearch(id === 'open' ? { tab: id } : {})}
                tabs={[
                  { id: 'all', text: t('全部', 'All'), count: all.length },
                  { id: 'open', text: t('处理中', 'Open'), count: open.length },
                ]}
              />
              {shown.length === 0 ? <Empty title={t('没有售后单', 'No cases')} /> : null}
              <ul className={own.list}>
                {shown.map((item) => (
                  <li key={item.id}>
                    <Link href={`/shops/orders/${item.order_id}`}>{item.product}</Link>
                    <AfterSaleCard item={item} />
                  </li>
                ))}
              </ul>
            </section>
          )
        }}
      </Loaded>
    </div>
  )
}
