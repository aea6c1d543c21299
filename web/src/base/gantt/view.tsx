import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { WebField, WebRow } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { cellText, dateText } from '../cells/format.ts'
import { isDate } from '../cells/types.ts'
import { useOutline, useRows, windowRows } from '../sync/base-data.ts'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { type Axis, dayMs, makeAxis, placeOf } from './axis.ts'
import styles from './gantt.module.css'

const lineHeight = 38
const headHeight = 46
/** px: narrower bars carry no text */
const labelFrom = 60

/** Records as bars on a line of days, from one date field to another. */
export default function GanttView(props: ViewProps) {
  const { base, table, view, fields } = props
  const t = useT()
  const dates = table.fields.filter((field) => isDate(field.type))
  const start = dates.find((field) => field.field_id === view.layout.start) ?? dates[0]
  const end = dates.find((field) => field.field_id === view.layout.end) ?? start
  if (!start || !end)
    return (
      <Empty
        title={t('甘特视图需要日期字段', 'A Gantt view needs a date field')}
        text={t('请先在表格视图里新增一个日期字段。', 'Add a date field in a grid view first.')}
      />
    )
  const [primary] = fields
  return (
    <div className={styles.view}>
      <Dates {...props} dates={dates} start={start} end={end} />
      {primary ? (
        <Chart
          key={`${start.field_id}-${base.app_token}`}
          {...props}
          primary={primary}
          start={start}
          end={end}
        />
      ) : null}
    </div>
  )
}

interface Chosen {
  start: WebField
  end: WebField
}

function Dates({
  base,
  table,
  view,
  dates,
  start,
  end,
}: ViewProps & Chosen & { dates: readonly WebField[] }) {
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const names = { start: t('开始日期', 'Start'), end: t('结束日期', 'End') }
  return (
    <div className={styles.dates}>
      {(['start', 'end'] as const).map((which) => (
        <label key={which}>
          {names[which]}
          <select
            value={(which === 'start' ? start : end).field_id}
            disabled={!table.may.views}
            onChange={(event) => void structure.changeLayout(view.view_id, { [which]: event.target.value })}
          >
            {dates.map((field) => (
              <option key={field.field_id} value={field.field_id}>
                {field.name}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  )
}

function Chart(props: ViewProps & Chosen & { primary: WebField }) {
  const { base, table, view, start, openRecord } = props
  const t = useT()
  const { now } = useSession()
  const axis = useRef(makeAxis(now, base.time_zone)).current
  const scroller = useRef<HTMLDivElement>(null)
  const place = { app: base.app_token, table, view }
  const outline = useOutline(place)
  const lines = useVirtualizer({
    count: outline.data?.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 8,
    paddingStart: headHeight,
  })
  const shown = lines.getVirtualItems()
  const rows = useRows(place, [...new Set(shown.map(({ index }) => Math.floor(index / windowRows)))])
  const first = rows.at(0)?.cells[start.field_id]
  useEffect(() => {
    const at = placeOf(axis, typeof first === 'number' ? first : now)
    scroller.current?.scrollTo({ left: Math.max(0, at - 120) })
  }, [axis, first, now])
  if (outline.isPending) return <Loading />
  if (outline.data?.total === 0) return <Empty title={t('还没有记录', 'No records yet')} />
  return (
    <div ref={scroller} className={styles.chart}>
      <div className={styles.canvas} style={{ height: lines.getTotalSize(), width: axis.width }}>
        <Head axis={axis} name={props.primary.name} height={headHeight} />
        <span className={styles.today} style={{ left: `calc(var(--names) + ${placeOf(axis, now)}px)` }} />
        {shown.map(({ index, start: top }) => {
          const row = rows.at(index)
          return row ? (
            <Bar
              key={row.record_id}
              {...props}
              axis={axis}
              row={row}
              top={top}
              onOpen={() => openRecord(row.record_id)}
            />
          ) : null
        })}
      </div>
    </div>
  )
}

function Head({ axis, name, height }: { axis: Axis; name: string; height: number }) {
  return (
    <div className={styles.head} style={{ height }}>
      <span className={styles.corner}>{name}</span>
      {axis.months.map((month) => (
        <span
          key={month.text}
          className={styles.month}
          style={{ left: `calc(var(--names) + ${month.left}px)`, width: month.width }}
        >
          <span>{month.text}</span>
        </span>
      ))}
    </div>
  )
}

interface BarProps extends ViewProps, Chosen {
  primary: WebField
  axis: Axis
  row: WebRow
  top: number
  onOpen: () => void
}

function Bar({ base, primary, start, end, axis, row, top, onOpen }: BarProps) {
  const t = useT()
  const name =
    cellText(primary, row.cells[primary.field_id], base.time_zone) || t('未命名记录', 'Untitled record')
  const [from, until] = [row.cells[start.field_id], row.cells[end.field_id]]
  const begins = typeof from === 'number' ? from : undefined
  const ends = typeof until === 'number' && begins !== undefined && until >= begins ? until : begins
  const left = begins === undefined ? 0 : placeOf(axis, begins)
  const right = ends === undefined ? 0 : placeOf(axis, ends + dayMs)
  const span =
    begins === undefined || ends === undefined
      ? ''
      : `${dateText(start, begins, base.time_zone)} – ${dateText(end, ends, base.time_zone)}`
  return (
    <div className={styles.line} style={{ top, height: lineHeight }}>
      <button type="button" className={styles.name} onClick={onOpen}>
        {name}
      </button>
      {right > left ? (
        <button
          type="button"
          className={styles.bar}
          style={{ left: `calc(var(--names) + ${left}px)`, width: right - left }}
          title={`${name} ${span}`}
          aria-label={`${name} ${span}`}
          onClick={onOpen}
        >
          {right - left < labelFrom ? null : name}
        </button>
      ) : null}
    </div>
  )
}
