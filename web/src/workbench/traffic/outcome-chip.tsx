import type { TrafficLine } from '#sandbox/control/workbench-shapes.ts'
import { useT } from '../../shell/language.tsx'
import panel from '../panel.module.css'
import { clockTime } from '../times.ts'
import { outcomeOf } from './filters.ts'

/** How it ended, in one word. */
export function OutcomeChip({ line }: { line: TrafficLine }) {
  const t = useT()
  const outcome = outcomeOf(line)
  if (outcome === 'pending') return <span className={panel.chip}>{t('进行中', 'under way')}</span>
  if (outcome === 'ok') return <span className={`${panel.chip} ${panel.green}`}>{line.status ?? 200}</span>
  if (line.delivery?.nextAt)
    return (
      <span className={`${panel.chip} ${panel.orange}`}>
        {t(
          `${clockTime(line.delivery.nextAt, false)} 重试`,
          `again ${clockTime(line.delivery.nextAt, false)}`,
        )}
      </span>
    )
  return <span className={`${panel.chip} ${panel.red}`}>{failureWords(line, t('已断开', 'cut'))}</span>
}

function failureWords(line: TrafficLine, cut: string): string {
  if (line.delivery?.failure !== undefined) return line.delivery.failure.split(':')[0] ?? cut
  if (line.status === undefined) return cut
  return line.code ? `${line.status} · ${line.code}` : String(line.status)
}
