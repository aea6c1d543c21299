import { CircleAlert, CircleCheck, Clock } from 'lucide-react'
import type { WebPush } from '#sandbox/channels/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import { exactTime, shortTime } from './format.ts'
import styles from './push-list.module.css'
import { pushTagWords } from './words.ts'

/** Signed pushes, newest first; each opens to its headers, body and tries. */
export function PushList({ pushes }: { pushes: readonly WebPush[] }) {
  const t = useT()
  if (pushes.length === 0)
    return (
      <p className={styles.none}>
        {t('还没有推送：商家系统未登记推送地址，或没有新变化', 'Nothing pushed yet')}
      </p>
    )
  return (
    <ul className={styles.list}>
      {pushes.map((push) => (
        <li key={push.id}>
          <Push push={push} />
        </li>
      ))}
    </ul>
  )
}

function Push({ push }: { push: WebPush }) {
  const t = useT()
  const names = push.messages.map(({ tag }) => {
    const [zh, en] = pushTagWords(tag)
    return t(zh, en)
  })
  return (
    <details className={styles.push}>
      <summary>
        <Outcome push={push} />
        <span className={styles.names}>{[...new Set(names)].join(t('、', ', '))}</span>
        <span className={styles.count}>{push.messages.length > 1 ? `×${push.messages.length}` : ''}</span>
        <time title={exactTime(push.at)}>{shortTime(push.at)}</time>
      </summary>
      <h3>{t('请求', 'Request')}</h3>
      <pre>
        {[
          `POST ${push.url}`,
          ...Object.entries(push.headers).map(([name, value]) => `${name}: ${value}`),
        ].join('\n')}
      </pre>
      <pre>{push.messages.map((message) => JSON.stringify(message, null, 1)).join('\n')}</pre>
      <h3>{t('尝试', 'Tries')}</h3>
      <ol className={styles.tries}>
        {push.attempts.map((attempt) => (
          <li key={attempt.at}>
            <time>{exactTime(attempt.at)}</time> {attempt.status ?? t('没有应答', 'no answer')} · {attempt.ms}{' '}
            ms
            <code>{attempt.answer}</code>
            {attempt.next_at === null ? null : (
              <small>
                {t('下次重试', 'next try')} {exactTime(attempt.next_at)}
              </small>
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}

function Outcome({ push }: { push: WebPush }) {
  const t = useT()
  const last = push.attempts.at(-1)
  if (last === undefined)
    return <Clock size={15} className={styles.waiting} aria-label={t('发送中', 'under way')} />
  if (last.accepted)
    return <CircleCheck size={15} className={styles.good} aria-label={t('已确认', 'acknowledged')} />
  return <CircleAlert size={15} className={styles.bad} aria-label={t('未确认', 'not acknowledged')} />
}
