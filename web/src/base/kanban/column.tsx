import { Plus } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import type { WebBase, WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import type { WebColumn } from '#sandbox/feishu/bitable/web/kanban-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { OptionChip } from '../cells/chips.tsx'
import { Card } from './card.tsx'
import styles from './kanban.module.css'

export interface ColumnProps {
  base: WebBase
  column: WebColumn
  stack: WebField
  fields: readonly WebField[]
  cover: WebField | undefined
  mayMove: boolean
  openRecord(recordId: string): void
  /** Into the column of an option; null: without a value. */
  onMove(recordId: string, to: string | null): void
  onMore(): void
  onAdd?: () => void
}

/** What a dragged card carries. */
export const cardType = 'application/x-record-id'

/** One column: its name and count, its cards, and a way to add one. A card dropped here gets its value. */
export function Column(props: ColumnProps) {
  const { column, stack, mayMove, onMove, onMore, onAdd } = props
  const t = useT()
  const [over, setOver] = useState(false)
  const option = stack.property?.options?.find((one) => one.id === column.option_id)
  const name = option?.name ?? t('未分组', 'No value')
  const onDragOver = (event: DragEvent) => {
    if (!mayMove || !event.dataTransfer.types.includes(cardType)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'move'
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    setOver(false)
    const recordId = event.dataTransfer.getData(cardType)
    if (recordId === '') return
    event.preventDefault()
    onMove(recordId, column.option_id)
  }
  return (
    <li
      aria-label={`${name} ${column.count}`}
      className={styles.column}
      data-over={over}
      data-column={name}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <header className={styles.head}>
        {option ? <OptionChip option={option} /> : <span className={styles.none}>{name}</span>}
        <span className={styles.count}>{column.count}</span>
        {onAdd ? (
          <button
            type="button"
            className={styles.add}
            onClick={onAdd}
            aria-label={t(`在“${name}”新增记录`, `Add to ${name}`)}
          >
            <Plus size={16} />
          </button>
        ) : null}
      </header>
      <div className={styles.cards}>
        {column.rows.map((row) => (
          <Card key={row.record_id} {...props} row={row} />
        ))}
        {column.rows.length < column.count ? (
          <button type="button" className={styles.more} onClick={onMore}>
            {t(
              `还有 ${column.count - column.rows.length} 条，加载更多`,
              `${column.count - column.rows.length} more`,
            )}
          </button>
        ) : null}
        {column.count === 0 ? <p className={styles.empty}>{t('没有记录', 'No records')}</p> : null}
      </div>
    </li>
  )
}
