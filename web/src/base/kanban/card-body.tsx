import { FileIcon } from 'lucide-react'
import type { WebBase, WebField, WebFile, WebRow } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { CellView } from '../cells/cell-view.tsx'
import { fileAddress } from '../cells/chips.tsx'
import { cellText } from '../cells/format.ts'
import styles from './card-body.module.css'

export interface CardBodyProps {
  base: WebBase
  row: WebRow
  /** The first is the primary field. */
  fields: readonly WebField[]
  /** The attachment field shown on top. */
  cover: WebField | undefined
  /** Fields shown below the title. */
  most: number
  /** The names of fields stand before their values. */
  named?: boolean
}

/** What a card of a board or a gallery shows of a record. */
export function CardBody({ base, row, fields, cover, most, named = false }: CardBodyProps) {
  const shown = fields
    .filter((field) => !field.primary && row.cells[field.field_id] !== undefined)
    .slice(0, most)
  return (
    <span className={styles.body}>
      {cover ? (
        <Cover base={base} file={(row.cells[cover.field_id] as WebFile[] | undefined)?.[0]} tall={named} />
      ) : null}
      <span className={styles.text}>
        <strong className={styles.title}>{cardTitle(base, fields, row)}</strong>
        {shown.map((field) => (
          <span key={field.field_id} className={named ? styles.named : styles.value}>
            {named ? <span className={styles.name}>{field.name}</span> : null}
            <span className={styles.cell}>
              <CellView
                app={base.app_token}
                field={field}
                cell={row.cells[field.field_id]}
                zone={base.time_zone}
              />
            </span>
          </span>
        ))}
      </span>
    </span>
  )
}

function Cover({ base, file, tall }: { base: WebBase; file: WebFile | undefined; tall: boolean }) {
  const t = useT()
  if (!file) return tall ? <span className={styles.noCover}>{t('没有封面', 'No cover')}</span> : null
  const isPicture = /^image\/(png|jpe?g|gif|webp)$/.test(file.type)
  return (
    <span className={tall ? styles.tallCover : styles.cover}>
      {isPicture ? (
        <img src={fileAddress(base.app_token, file)} alt={file.name} loading="lazy" />
      ) : (
        <span className={styles.file}>
          <FileIcon size={28} aria-hidden />
          {file.name}
        </span>
      )}
    </span>
  )
}

/** The text of a record's first field. */
export function cardTitle(base: WebBase, fields: readonly WebField[], row: WebRow): string {
  const primary = fields.find((field) => field.primary)
  const text = primary ? cellText(primary, row.cells[primary.field_id], base.time_zone) : ''
  return text === '' ? '未命名记录' : text
}
