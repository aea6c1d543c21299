import { useState } from 'react'
import type { ConnectionView } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useT } from '../../shell/language.tsx'
import { useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { Panel } from '../panel.tsx'
import styles from './connect.module.css'

/** Event and callback types of the app: nothing is delivered that is not ticked. */
export function Subscriptions({ view }: { view: ConnectionView }) {
  const t = useT()
  const attempt = useTry()
  const all = view.events.map(({ type }) => type)
  /** Shown at once, before the sandbox has answered. */
  const [wished, setWished] = useState<string[]>()
  const chosen = wished ?? view.subscriptions ?? all
  const toggle = async (type: string) => {
    const next = chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type]
    const isAll = all.every((one) => next.includes(one))
    setWished(next)
    const done = await attempt(() => control('settings', { subscriptions: isAll ? null : next }))
    if (!done) setWished(undefined)
  }
  return (
    <Panel
      title={t('事件与回调订阅', 'Event subscriptions')}
      text={t('没勾选的不会推送', 'What is not ticked is not delivered')}
    >
      <ul className={styles.events}>
        {view.events.map(({ type, zh, en, skipped }) => (
          <li key={type}>
            <label>
              <input type="checkbox" checked={chosen.includes(type)} onChange={() => toggle(type)} />
              <span>
                {t(zh, en)} <code className={panel.quiet}>{type}</code>
              </span>
            </label>
            {skipped > 0 ? (
              <span className={panel.chip}>{t(`${skipped} 次未推送`, `${skipped} not delivered`)}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
