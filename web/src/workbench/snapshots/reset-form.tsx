import { useState } from 'react'
import { control } from '../../api/client.ts'
import { everythingChanged } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { Confirm } from './confirm.tsx'

/** Another world of a seed. */
export function ResetForm() {
  const t = useT()
  const show = useToast()
  const attempt = useTry()
  const { connected } = useSession()
  const [seed, setSeed] = useState('1')
  const [asking, setAsking] = useState(false)
  const isSeed = /^\d{1,9}$/.test(seed)
  const reset = async () => {
    if (!(await attempt(() => control('reset', { seed: Number(seed) })))) return
    everythingChanged()
    show('success', t('新世界已就绪', 'A new world is ready'))
  }
  return (
    <form
      className={panel.inside}
      onSubmit={(event) => {
        event.preventDefault()
        setAsking(true)
      }}
    >
      <div className={panel.row}>
        <input
          className={panel.input}
          style={{ width: 120 }}
          inputMode="numeric"
          value={seed}
          onChange={(event) => setSeed(event.target.value)}
          aria-label={t('种子', 'Seed')}
        />
        <Button type="submit" look="danger" disabled={!isSeed}>
          {t('重置世界', 'Reset the world')}
        </Button>
      </div>
      {connected ? (
        <p className={panel.quiet} style={{ marginTop: 8 }}>
          {t(
            '汇流正连着这个世界：它会拒绝另一个世界，请用 npm start -- --reset 一起重来。',
            'A product is connected: Huiliu refuses another world; use npm start -- --reset to restart both.',
          )}
        </p>
      ) : null}
      {asking ? (
        <Confirm
          title={t('重置世界？', 'Reset the world?')}
          text={t(
            '现在的消息、表格、审批和订单都会丢掉。',
            'Messages, bases, approvals and orders are thrown away.',
          )}
          action={t('重置', 'Reset')}
          onConfirm={reset}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </form>
  )
}
