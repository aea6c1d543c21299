import { Link } from 'wouter'
import type { WebExecution } from '#sandbox/erp/web/shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { exactTime, yuan } from '../format.ts'
import { Loaded } from '../load-state.tsx'
import styles from '../shops.module.css'
import own from './erp.module.css'

/** Money that really went back to customers, and how often each refund was paid: once. */
export function Ledger() {
  const t = useT()
  const executions = useWeb<WebExecution[]>('erp/executions', ['refund-executions'])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('打款台账', 'Ledger')}</h1>
        <span className={styles.hint}>{t('每笔退款只该打款一次', 'Each refund is paid exactly once')}</span>
      </header>
      <section className={`${styles.panel} ${styles.flush}`} aria-label={t('打款', 'Payments')}>
        <Loaded query={executions}>
          {(list) =>
            list.length === 0 ? (
              <Empty title={t('还没有打款', 'Nothing was paid yet')} />
            ) : (
              <ul className={`${own.list} ${own.refunds}`}>
                {list.map((paid) => (
                  <li key={`${paid.system}-${paid.refund_no}`} className={own.row}>
                    <span className={own.what}>
                      <strong className={styles.mono}>{paid.refund_no}</strong>
                      <small>
                        {paid.system === 'jushuitan'
                          ? t('聚水潭打款', 'by the ERP')
                          : t('平台打款', 'by the platform')}
                      </small>
                    </span>
                    <Link href={`/shops/orders/${paid.order_no}`} className={styles.mono}>
                      {paid.order_no}
                    </Link>
                    <span className={styles.money}>{yuan(paid.amount)}</span>
                    <span className={own.times} data-twice={paid.times > 1}>
                      {t(`${paid.times} 次`, `${paid.times}×`)}
                    </span>
                    <time className={styles.quiet}>{exactTime(paid.at)}</time>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </div>
  )
}
