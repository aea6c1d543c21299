import { useState } from 'react'
import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { types } from '../cells/types.ts'
import { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import { CardSettings } from './card-settings.tsx'
import { Column } from './column.tsx'
import styles from './kanban.module.css'
import { useKanban, useMoveCard } from './kanban-data.ts'

const firstCards = 30

/** Records as cards in columns, one per option of a single select field. */
export default function KanbanView({ base, table, view, fields, openRecord }: ViewProps) {
  const t = useT()
  const [count, setCount] = useState(firstCards)
  const place = { app: base.app_token, table, view }
  const { path, data, error } = useKanban(place, count)
  const move = useMoveCard(place, path)
  const edits = useEdits(base.app_token, table.table_id)
  if (error) return <Empty title={t('看板打不开', 'The board cannot be opened')} text={error.message} />
  if (data === undefined) return <Loading />
  const stack = table.fields.find((field) => field.field_id === data.stack)
  if (!stack)
    return (
      <Empty
        title={t('看板需要一个单选字段', 'A board needs a single select field')}
        text={t('新建一个单选字段，它的每个选项就是一列', 'Each option of it becomes a column')}
      />
    )
  const mayMove = table.may.edit && stack.editable
  const shown = fields.filter((field) => field !== stack && field.type !== types.attachment)
  return (
    <div className={styles.board}>
      <CardSettings base={base} table={table} view={view} stack={stack} />
      <ul className={styles.columns} aria-label={t('看板', 'Board')}>
        {data.columns.map((column) => (
          <Column
            key={column.option_id ?? ''}
            base={base}
            column={column}
            stack={stack}
            fields={shown}
            cover={coverOf(table.fields, view.layout.cover)}
            mayMove={mayMove}
            openRecord={openRecord}
            onMove={(recordId, to) => void move(recordId, stack, to)}
            onMore={() => setCount(count + 200)}
            {...(table.may.add && {
              onAdd: async () => {
                const name = stack.property?.options?.find((option) => option.id === column.option_id)?.name
                const made = await edits.add([name === undefined ? {} : { [stack.field_id]: name }])
                if (made !== undefined) openRecord(made)
              },
            })}
          />
        ))}
      </ul>
    </div>
  )
}

/** The attachment field on top of cards: only when the view names one. */
export function coverOf(fields: readonly WebField[], wanted: string | null): WebField | undefined {
  return fields.find((field) => field.field_id === wanted && field.type === types.attachment)
}
