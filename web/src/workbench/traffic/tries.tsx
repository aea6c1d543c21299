import { Link } from 'wouter'
import type { TrafficDetail } from '#sandbox/control/workbench-shapes.ts'
import { useT } from '../../shell/language.tsx'
import panel from '../panel.module.css'
import { clockTime } from '../times.ts'
import styles from './traffic.module.css'

/** Every try to deliver this event, and when the next one comes. */
export function Tries({ entry }: { entry: TrafficDetail }) {
  const t = useT()
  const next = entry.tries.at(-1)?.nextAt
  return (
    <section aria-label={t('投递', 'Tries')}>
      <ol className={styles.tries}>
        {entry.tries.map((one) => (
          <li key={one.n} aria-current={one.n === entry.n}>
            <Link href={`/workbench/traffic/${one.n}`}>
              {t(`第 ${one.attempt} 次`, `Try ${one.attempt}`)}
            </Link>
            <span className={panel.quiet}>{clockTime(one.at)}</span>
            <span className={one.failure ? styles.failed : styles.fine}>
              {one.failure ?? (one.ms === undefined ? t('进行中', 'under way') : t('已接收', 'accepted'))}
            </span>
          </li>
        ))}
      </ol>
      {next ? (
        <p className={panel.quiet}>
          {t(`下次重试：${clockTime(next, false)}`, `Next try: ${clockTime(next, false)}`)}
        </p>
      ) : null}
    </section>
  )
}
