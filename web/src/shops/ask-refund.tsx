import { useState } from 'react'
import type { WebOrder } from '#sandbox/channels/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useToast, useTry } from '../ui/toast.tsx'
import { Field } from './field.tsx'
import { readYuan, yuan } from './format.ts'
import styles from './shops.module.css'
import { refundTypes } from './words.ts'

/** The customer wants money back: what kind, how much, and why. */
export function AskRefund({ order, onClose }: { order: WebOrder; onClose: () => void }) {
  const t = useT()
  const attempt = useTry()
  const toast = useToast()
  const shipped = order.shipped_at > 0
  const [type, setType] = useState(shipped ? 1 : 2)
  const [amount, setAmount] = useState((order.pay_amount / 100).toFixed(2))
  const [reason, setReason] = useState(t('行程有变，去不了了', 'Plans have changed'))
  const [busy, setBusy] = useState(false)
  const fen = readYuan(amount)
  const isPossible = fen >= 1 && fen <= order.pay_amount
  const ask = async () => {
    setBusy(true)
    const done = await attempt(() =>
      send('POST', `shop-orders/${order.order_id}/refunds`, { type, amount: fen, reason }),
    )
    setBusy(false)
    if (!done) return
    toast('success', t('已申请退款', 'The refund was asked for'))
    onClose()
  }
  const types = refundTypes.filter((one) => (shipped ? one.type !== 2 : one.type === 2))
  return (
    <Dialog
      title={t('申请退款', 'Ask for a refund')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!isPossible || reason.trim() === ''} onClick={ask}>
            {t('提交申请', 'Submit')}
          </Button>
        </>
      }
    >
      <Field label={t('退款类型', 'Kind')}>
        <select
          className={styles.input}
          value={type}
          onChange={(event) => setType(Number(event.target.value))}
        >
          {types.map((one) => (
            <option key={one.type} value={one.type}>
              {t(one.words[0], one.words[1])}
            </option>
          ))}
        </select>
      </Field>
      <Field
        label={t('退款金额（元）', 'Amount (yuan)')}
        problem={
          isPossible
            ? undefined
            : t(`须在 0.01 到 ${yuan(order.pay_amount)} 之间`, `Between 0.01 and ${yuan(order.pay_amount)}`)
        }
      >
        <input
          className={styles.input}
          inputMode="decimal"
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
      </Field>
      <Field label={t('退款原因', 'Reason')}>
        <input
          className={styles.input}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </Dialog>
  )
}
