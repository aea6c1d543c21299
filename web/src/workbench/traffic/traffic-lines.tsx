import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { useRef } from 'react'
import type { TrafficLine } from '#sandbox/control/workbench-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { clockTime } from '../times.ts'
import { OutcomeChip } from './outcome-chip.tsx'
import styles from './traffic.module.css'

interface TrafficLinesProps {
  lines: readonly TrafficLine[]
  open: string | undefined
  onOpen: (n: number) => void
}

/** The list; only what is on screen is drawn. */
export function TrafficLines({ lines, open, onOpen }: TrafficLinesProps) {
  const t = useT()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (window.innerWidth <= 640 ? 60 : 38),
    overscan: 12,
    getItemKey: (index) => lines[index]?.n ?? index,
  })
  return (
    <div className={styles.lines} ref={scroller}>
      <ul className={styles.rows} aria-label={t('流量', 'Traffic')} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, size, key }) => {
          const line = lines[index]
          if (!line) return null
          return (
            <li key={key} className={styles.slot} style={{ top: start, height: size }}>
              <Line line={line} isOpen={String(line.n) === open} onOpen={() => onOpen(line.n)} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Line({ line, isOpen, onOpen }: { line: TrafficLine; isOpen: boolean; onOpen: () => void }) {
  const t = useT()
  const isIn = line.direction === 'in'
  return (
    <button type="button" className={styles.line} aria-current={isOpen} onClick={onOpen} data-n={line.n}>
      <span className={styles.time}>{clockTime(line.at)}</span>
      <span className={isIn ? styles.in : styles.out}>
        {isIn ? <ArrowDownLeft size={15} aria-hidden /> : <ArrowUpRight size={15} aria-hidden />}
        <span className="visually-hidden">{isIn ? t('收到', 'received') : t('发出', 'sent')}</span>
      </span>
      <span className={styles.method}>{line.method}</span>
      <span className={styles.path}>{shortened(titleOf(line))}</span>
      {line.fault ? <span className={styles.fault}>{line.fault}</span> : null}
      <OutcomeChip line={line} />
      <span className={styles.ms}>{line.ms === undefined ? '' : `${line.ms} ms`}</span>
    </button>
  )
}

/** Long ids cut short, so that the end of the path, which tells the call, is seen in a row. */
function shortened(title: string): string {
  const [path = '', ...query] = title.split('?')
  return [path.replace(/(?<=\/)(?=[^/]*\d)[\w-]{13,}/g, (id) => `${id.slice(0, 3)}…`), ...query].join('?')
}

/** Events are known by their type, calls by their path. */
export function titleOf(line: TrafficLine): string {
  if (!line.delivery) return line.url.replace(/^\/open-apis/, '')
  return line.delivery.attempt > 1 ? `${line.delivery.type} ×${line.delivery.attempt}` : line.delivery.type
}
