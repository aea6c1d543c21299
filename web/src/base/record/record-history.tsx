import { ArrowRight, ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { WebChange, WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useWeb } from '../../api/query.ts'
import { useT } from '../../shell/language.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { cellText, clockText } from '../cells/format.ts'
import { tablePath } from '../sync/base-data.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './record.module.css'

/** Who changed what of a record; asked for when it is unfolded. */
export function RecordHistory({ base, table, recordId }: ViewProps & { recordId: string }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const path = `${tablePath(base.app_token, table.table_id)}/records/${recordId}/history`
  const { data } = useWeb<WebChange[]>(open ? path : null, table.parts)
  const Arrow = open ? ChevronDown : ChevronRight
  return (
    <section className={styles.history}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Arrow size={16} aria-hidden />
        {t('修改历史', 'History')}
      </button>
      {open && data?.length === 0 ? (
        <p>{t('沙箱启动以来没有修改', 'No change since the sandbox started')}</p>
      ) : null}
      {open ? (
        <ol>
          {data?.map((change) => (
            <li key={`${change.at}-${change.by}-${change.cells.map((cell) => cell.field_id).join()}`}>
              <Avatar name={change.by} size={24} />
              <div>
                <strong>{change.by}</strong>{' '}
                {change.action === 'added' ? t('添加了记录', 'added the record') : t('修改了', 'changed')}
                <small>{clockText(change.at, base.time_zone)}</small>
                {change.cells.map((cell) => {
                  const field = table.fields.find((one) => one.field_id === cell.field_id)
                  return field ? (
                    <CellStep key={cell.field_id} field={field} cell={cell} zone={base.time_zone} />
                  ) : null
                })}
              </div>
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  )
}

interface CellStepProps {
  field: WebField
  cell: WebChange['cells'][number]
  zone: string
}

function CellStep({ field, cell, zone }: CellStepProps) {
  const t = useT()
  const empty = t('空', 'empty')
  const before = cellText(field, cell.before, zone)
  return (
    <p>
      <span>{field.name}</span>
      {cell.before === null ? null : (
        <>
          <del>{before || empty}</del>
          <ArrowRight size={12} aria-hidden />
        </>
      )}
      <ins>{cellText(field, cell.after, zone) || empty}</ins>
    </p>
  )
}
