import { useState } from 'react'
import { useLocation } from 'wouter'
import type { WebErpOrder } from '#sandbox/erp/web/shapes.ts'
import { send } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import { Field } from '../field.tsx'
import { readYuan, yuan } from '../format.ts'
import styles from '../shops.module.css'

/** 发起退款: somebody at the ERP wants to pay a customer back. */
export function StartRefund({ order, onClose }: { order: WebErpOrder; onClose: () => void }) {
  const t = useT()
  const { me } = useSession()
  const attempt = useTry()
  const toast = useToast()
  const [, go] = useLocation()
  const [amount, setAmount] = useState((order.amount / 100).toFixed(2))
  const [reason, setReason] = useState(t('行程有变，去不了了', 'Plans have changed'))
  const [busy, setBusy] = useState(false)
  const fen = readYuan(amount)
  const isPossible = fen >= 1 && fen <= order.amount
  const start = async () => {
    setBusy(true)
    const done = await attempt(() => send('POST', 'erp/refunds', { so_id: order.so_id, amount: fen, reason }))
    setBusy(false)
    if (!done) return
    toast('success', t('退款已发起，等待飞书审批', 'Started: it waits for approval in Feishu'))
    onClose()
    go('/erp/refunds')
  }
  return (
    <Dialog
      title={t('发起退款', 'Start a refund')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!isPossible || reason.trim() === ''} onClick={start}>
            {t('发起', 'Start')}
          </Button>
        </>
      }
    >
      <p className={styles.hint}>
        {order.product} · {t('登记人', 'registered by')} {me.name}
      </p>
      <br />
      <Field
        label={t('退款金额（元）', 'Amount (yuan)')}
        problem={
          isPossible
            ? undefined
            : t(`须在 0.01 到 ${yuan(order.amount)} 之间`, `At most ${yuan(order.amount)}`)
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
