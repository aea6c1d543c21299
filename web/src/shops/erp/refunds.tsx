import { useState } from 'react'
import { Link } from 'wouter'
import type { WebErpRefund } from '#sandbox/erp/web/shapes.ts'
import { send } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useTry } from '../../ui/toast.tsx'
import { Badge } from '../badge.tsx'
import { shortTime, yuan } from '../format.ts'
import { Loaded } from '../load-state.tsx'
import styles from '../shops.module.css'
import { erpRefundWords } from '../words.ts'
import own from './erp.module.css'

/** The ERP's refunds: waiting for the decision in Feishu, confirmed and paid, refused or cancelled. */
export function ErpRefunds() {
  const t = useT()
  const refunds = useWeb<WebErpRefund[]>('erp/refunds', ['jushuitan'])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('ERP 退款', 'ERP refunds')}</h1>
        <Link href="/erp">{t('从订单发起退款', 'Start one from an order')}</Link>
      </header>
      <section className={`${styles.panel} ${styles.flush}`} aria-label={t('退款单', 'Refunds')}>
        <Loaded query={refunds}>
          {(list) =>
            list.length === 0 ? (
              <Empty
                title={t('还没有退款单', 'No refunds yet')}
                text={t('在「ERP 订单」里选一单，点发起退款', 'Choose an order and start one')}
              />
            ) : (
              <ul className={`${own.list} ${own.refunds}`}>
                {list.map((refund) => (
                  <Refund key={refund.as_id} refund={refund} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </div>
  )
}

function Refund({ refund }: { refund: WebErpRefund }) {
  const t = useT()
  const attempt = useTry()
  const [busy, setBusy] = useState(false)
  const cancel = async () => {
    setBusy(true)
    await attempt(() => send('POST', `erp/refunds/${refund.as_id}/cancel`))
    setBusy(false)
  }
  const waits = refund.status === 'WaitConfirm' && refund.shop_status === 'WAIT_SELLER_AGREE'
  return (
    <li className={own.row} data-refund={refund.outer_as_id}>
      <span className={own.what}>
        <strong>{refund.product}</strong>
        <small>
          {refund.type} · {refund.reason} · {refund.creator} · {shortTime(refund.created)}
        </small>
        {refund.remark === '' ? null : <small>{refund.remark}</small>}
      </span>
      <span className={own.what}>
        <span className={styles.mono}>{refund.outer_as_id}</span>
        <small>
          <Link href={`/shops/orders/${refund.so_id}`}>{refund.so_id}</Link>
        </small>
      </span>
      <span className={styles.money}>{yuan(refund.amount)}</span>
      <Badge words={erpRefundWords(refund.status, refund.shop_status)} />
      <span className={own.act}>
        {waits ? (
          <Button small busy={busy} onClick={cancel}>
            {t('作废', 'Cancel')}
          </Button>
        ) : null}
      </span>
    </li>
  )
}
