import { useState } from 'react'
import type { WebOrder, WebStep } from '#sandbox/channels/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { useTry } from '../ui/toast.tsx'
import { AskRefund } from './ask-refund.tsx'
import styles from './order-actions.module.css'
import { stepWords } from './words.ts'

/** What the customer and the shop may do with the order as it is. */
export function OrderActions({ order }: { order: WebOrder }) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  // A voucher ends by being redeemed.
  const steps = order.steps.filter((step) => order.kind === 'goods' || step !== 'finished')
  const buyers = steps.filter((step) => stepWords[step].by === 'buyer')
  const shops = steps.filter((step) => stepWords[step].by === 'shop')
  if (steps.length === 0 && !order.may_refund)
    return <p className={styles.none}>{t('订单已结束，没有可做的操作', 'The order has ended')}</p>
  return (
    <div className={styles.actions}>
      {buyers.length > 0 || order.may_refund ? (
        <fieldset>
          <legend>{t('买家', 'Customer')}</legend>
          {buyers.map((step) => (
            <StepButton key={step} order={order} step={step} />
          ))}
          {order.may_refund ? (
            <Button look="danger" onClick={() => setAsking(true)}>
              {t('申请退款', 'Ask for a refund')}
            </Button>
          ) : null}
        </fieldset>
      ) : null}
      {shops.length > 0 ? (
        <fieldset>
          <legend>{t('店铺', 'Shop')}</legend>
          {shops.map((step) => (
            <StepButton key={step} order={order} step={step} />
          ))}
        </fieldset>
      ) : null}
      {asking ? <AskRefund order={order} onClose={() => setAsking(false)} /> : null}
    </div>
  )
}

function StepButton({ order, step }: { order: WebOrder; step: WebStep }) {
  const t = useT()
  const attempt = useTry()
  const [busy, setBusy] = useState(false)
  const [zh, en] = stepWords[step].words
  const press = async () => {
    setBusy(true)
    await attempt(() => send('POST', `shop-orders/${order.order_id}/steps`, { step }))
    setBusy(false)
  }
  const look = step === 'cancelled' || step === 'expired' ? 'normal' : 'primary'
  return (
    <Button look={look} busy={busy} onClick={press}>
      {t(zh, en)}
    </Button>
  )
}
