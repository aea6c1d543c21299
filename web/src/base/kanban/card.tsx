import { MoveRight } from 'lucide-react'
import type { WebRow } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { PanelButton } from '../menu.tsx'
import { CardBody, cardTitle } from './card-body.tsx'
import { type ColumnProps, cardType } from './column.tsx'
import styles from './kanban.module.css'

/** A record: pressed it opens, dragged it changes its column; the menu does the same for keys and phones. */
export function Card({
  base,
  row,
  fields,
  cover,
  stack,
  mayMove,
  column,
  openRecord,
  onMove,
}: ColumnProps & { row: WebRow }) {
  const t = useT()
  const title = cardTitle(base, fields, row)
  return (
    <article
      className={styles.card}
      draggable={mayMove}
      data-record={row.record_id}
      onDragStart={(event) => {
        event.dataTransfer.setData(cardType, row.record_id)
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <button
        type="button"
        className={styles.open}
        onClick={() => openRecord(row.record_id)}
        aria-label={title}
      >
        <CardBody base={base} row={row} fields={fields} cover={cover} most={4} />
      </button>
      {mayMove ? (
        <PanelButton
          label={t(`移动“${title}”`, `Move ${title}`)}
          trigger={<MoveRight size={15} />}
          className={styles.move}
          role="menu"
          align="right"
          width={200}
        >
          {(close) => (
            <div className={styles.targets}>
              <small>{t('移动到', 'Move to')}</small>
              {[null, ...(stack.property?.options ?? [])].map((option) => (
                <button
                  key={option?.id ?? ''}
                  type="button"
                  role="menuitem"
                  disabled={(option?.id ?? null) === column.option_id}
                  onClick={() => {
                    close()
                    onMove(row.record_id, option?.id ?? null)
                  }}
                >
                  {option?.name ?? t('未分组', 'No value')}
                </button>
              ))}
            </div>
          )}
        </PanelButton>
      ) : null}
    </article>
  )
}
