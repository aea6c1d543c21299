import { Pause, Play } from 'lucide-react'
import type { ClockView } from '#sandbox/control/workbench-shapes.ts'
import { control } from '../../api/client.ts'
import { useWeb } from '../../api/query.ts'
import { useLanguage, useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { useToast, useTry } from '../../ui/toast.tsx'
import panel from '../panel.module.css'
import { Panel } from '../panel.tsx'
import { dayTime, stretch } from '../times.ts'
import styles from './clock.module.css'
import { MoveForm } from './move-form.tsx'
import { useRunningTime } from './use-running-time.ts'

const second = 1_000
const hour = 3_600_000
const jumps = [
  15 * second,
  300 * second,
  hour,
  6 * hour,
  24 * hour,
  7 * 24 * hour,
  14 * 24 * hour,
  30 * 24 * hour,
]

/** Sandbox time: look at it, move it, stop it, and see what it will bring. */
export function ClockTab() {
  const { data, error } = useWeb<ClockView>('workbench/clock', ['clock', 'events', 'tokens'])
  if (data === undefined) return error ? <Empty title={error.message} /> : <Loading />
  return (
    <div className={panel.column}>
      <Now view={data} />
      <Scheduled view={data} />
    </div>
  )
}

function Now({ view }: { view: ClockView }) {
  const t = useT()
  const { language } = useLanguage()
  const show = useToast()
  const attempt = useTry()
  const now = useRunningTime(view)
  const move = async (advanceMs: number) => {
    const done = await attempt(() => control('clock', { advanceMs }))
    if (done)
      show('success', t(`时钟已前进 ${stretch(advanceMs, 'zh')}`, `Moved by ${stretch(advanceMs, 'en')}`))
  }
  return (
    <Panel
      title={t('沙箱时间', 'Sandbox time')}
      text={t('令牌过期、事件重试、审批超时都按它走', 'Tokens, retries and deadlines follow it')}
    >
      <div className={panel.inside}>
        <div className={styles.face}>
          <time className={styles.time} dateTime={new Date(now).toISOString()}>
            {dayTime(now, language)}
          </time>
          {view.frozen ? (
            <span className={`${panel.chip} ${panel.blue}`}>{t('已停住', 'stopped')}</span>
          ) : null}
          <Button onClick={() => attempt(() => control('clock', { frozen: !view.frozen }))}>
            {view.frozen ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
            {view.frozen ? t('继续走', 'Let it run') : t('停住', 'Stop')}
          </Button>
        </div>
        <div className={styles.jumps}>
          {jumps.map((ms) => (
            <Button key={ms} onClick={() => move(ms)}>
              +{stretch(ms, language)}
            </Button>
          ))}
        </div>
        <MoveForm onMove={move} />
      </div>
    </Panel>
  )
}

function Scheduled({ view }: { view: ClockView }) {
  const t = useT()
  const { language } = useLanguage()
  return (
    <Panel
      title={t('接下来', 'What comes next')}
      text={t('重推与过期，最近的在前', 'Retries and expiries, soonest first')}
    >
      {view.scheduled.length === 0 ? (
        <p className={`${panel.inside} ${panel.quiet}`}>
          {t('没有等待中的重推或令牌', 'No retry or token waits')}
        </p>
      ) : (
        <ul className={panel.list}>
          {view.scheduled.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two timers may have the same time and words
            <li key={`${one.at} ${index}`}>
              <span className={styles.at}>{dayTime(one.at, language)}</span>
              <span className={panel.grow}>{t(one.zh, one.en)}</span>
              <span className={panel.quiet}>
                {t(`${stretch(one.at - view.now, 'zh')}后`, `in ${stretch(one.at - view.now, 'en')}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
