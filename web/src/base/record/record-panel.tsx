import { ChevronDown, ChevronUp, Trash2, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { WebField, WebRecord } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { cellText, clockText } from '../cells/format.ts'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { orderedFields, tablePath, viewQuery } from '../sync/base-data.ts'
import { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './record.module.css'
import { RecordField } from './record-field.tsx'
import { RecordHistory } from './record-history.tsx'

export interface RecordPanelProps extends ViewProps {
  recordId: string
  onOpen(recordId: string): void
  onClose: () => void
}

/** One record with all its fields, each edited where it stands; its neighbours are a press away. */
export function RecordPanel(props: RecordPanelProps) {
  const { base, table, view, recordId, onOpen, onClose } = props
  const t = useT()
  const place = { app: base.app_token, table, view }
  const path = `${tablePath(base.app_token, table.table_id)}/records/${recordId}?${viewQuery(place)}`
  const { data, error } = useWeb<WebRecord>(path, table.parts)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key === 'Escape' &&
        !(event.target instanceof Element && event.target.closest('[role="grid"], dialog'))
      )
        onClose()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onClose])
  const primary = table.fields.find((field) => field.primary)
  const title = primary && data ? cellText(primary, data.row.cells[primary.field_id], base.time_zone) : ''
  return (
    <aside className={styles.panel} aria-label={t('记录详情', 'Record')}>
      <header className={styles.head}>
        <Step name={t('上一条', 'Previous record')} to={data?.previous} onOpen={onOpen} up />
        <Step name={t('下一条', 'Next record')} to={data?.next} onOpen={onOpen} />
        <span className={styles.space} />
        {table.may.delete && data ? <DeleteRecord {...props} /> : null}
        <button type="button" className={styles.icon} aria-label={t('关闭', 'Close')} onClick={onClose}>
          <X size={18} />
        </button>
      </header>
      {error ? (
        <Empty title={t('这条记录不在了', 'This record is gone')} text={error.message} />
      ) : !data ? (
        <Loading />
      ) : (
        <div className={styles.body}>
          <h3 className={styles.title}>{title || t('未命名记录', 'Untitled record')}</h3>
          {orderedFields(table, view).map((field: WebField) => (
            <RecordField key={field.field_id} base={base} table={table} field={field} row={data.row} />
          ))}
          <p className={styles.trace}>
            {t('创建', 'Created')} {data.created_by} {clockText(data.created_time, base.time_zone)}
            <br />
            {t('最后更新', 'Last changed')} {data.last_modified_by}{' '}
            {clockText(data.last_modified_time, base.time_zone)}
          </p>
          <RecordHistory {...props} />
        </div>
      )}
    </aside>
  )
}

interface StepProps {
  name: string
  to: string | null | undefined
  onOpen(recordId: string): void
  up?: boolean
}

function Step({ name, to, onOpen, up = false }: StepProps) {
  return (
    <button
      type="button"
      className={styles.icon}
      aria-label={name}
      disabled={!to}
      onClick={() => to && onOpen(to)}
    >
      {up ? <ChevronUp size={18} /> : <ChevronDown size={18} />}
    </button>
  )
}

function DeleteRecord({ base, table, recordId, onClose }: RecordPanelProps) {
  const t = useT()
  const edits = useEdits(base.app_token, table.table_id)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button
        type="button"
        className={styles.icon}
        aria-label={t('删除记录', 'Delete record')}
        onClick={() => setAsking(true)}
      >
        <Trash2 size={16} />
      </button>
      {asking ? (
        <ConfirmDialog
          title={t('删除这条记录？', 'Delete this record?')}
          text={t('删除后，所有人都看不到它。', 'Nobody will see it any more.')}
          onClose={() => setAsking(false)}
          onDelete={async () => {
            if (await edits.remove([recordId])) onClose()
          }}
        />
      ) : null}
    </>
  )
}
