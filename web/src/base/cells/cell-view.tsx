import { MapPin } from 'lucide-react'
import type { ReactNode } from 'react'
import type { WebCell, WebField, WebFile, WebPlace, WebRef } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import styles from './cells.module.css'
import { FileChip, LinkChip, OptionChip, PersonChip } from './chips.tsx'
import { cellText, dateText, numberText } from './format.ts'
import { Highlight } from './highlight.tsx'
import { Rating } from './rating.tsx'
import { safeLink } from './safe-link.ts'
import { isDate, isLink, isPeople, isSelect, types } from './types.ts'

export interface CellViewProps {
  app: string
  field: WebField
  cell: WebCell | undefined
  /** IANA time zone of the base */
  zone: string
  /** Searched text, marked where it occurs. */
  found?: string
  /** Several lines: tall rows, cards and the record panel. */
  wrap?: boolean
}

/** A cell as Feishu shows it; nothing in it is ever markup. */
export function CellView({ app, field, cell, zone, found = '', wrap = false }: CellViewProps): ReactNode {
  if (field.type === types.checkbox)
    return <span className={styles.box} data-on={cell === true} aria-hidden />
  if (cell === undefined) return null
  if (isSelect(field.type)) return <Options field={field} cell={cell} wrap={wrap} />
  if (typeof cell === 'number') return <NumberCell field={field} value={cell} zone={zone} found={found} />
  if (field.type === types.url && typeof cell === 'object' && 'link' in cell)
    return <Anchor link={cell.link} text={cell.text} found={found} />
  if (typeof cell === 'string') return <TextCell field={field} text={cell} found={found} wrap={wrap} />
  if (field.type === types.attachment)
    return (
      <Row wrap={wrap}>
        {(cell as WebFile[]).map((file) => (
          <FileChip key={file.file_token} app={app} file={file} size={wrap ? 40 : 22} />
        ))}
      </Row>
    )
  if (isPeople(field.type) || field.type === types.groupChat)
    return (
      <Row wrap={wrap}>
        {(cell as WebRef[]).map((one) => (
          <PersonChip key={one.id} person={one} square={field.type === types.groupChat} />
        ))}
      </Row>
    )
  if (isLink(field.type))
    return (
      <Row wrap={wrap}>
        {(cell as WebRef[]).map((one) => (
          <LinkChip key={one.id} record={one} />
        ))}
      </Row>
    )
  if (field.type === types.location)
    return (
      <span className={styles.place}>
        <MapPin size={13} aria-hidden />
        <span className={styles.ellipsis}>
          <Highlight text={(cell as WebPlace).full_address} found={found} />
        </span>
      </span>
    )
  return <Highlight text={cellText(field, cell, zone)} found={found} />
}

function Row({ wrap, children }: { wrap: boolean; children: ReactNode }) {
  return <span className={wrap ? styles.wrapped : styles.row}>{children}</span>
}

function Options({ field, cell, wrap }: { field: WebField; cell: WebCell; wrap: boolean }) {
  const ids = Array.isArray(cell) ? cell : [cell]
  const options = ids.flatMap((id) => field.property?.options?.find((option) => option.id === id) ?? [])
  return (
    <Row wrap={wrap}>
      {options.map((option) => (
        <OptionChip key={option.id} option={option} />
      ))}
    </Row>
  )
}

function NumberCell({
  field,
  value,
  zone,
  found,
}: {
  field: WebField
  value: number
  zone: string
  found: string
}) {
  if (isDate(field.type)) return <Highlight text={dateText(field, value, zone)} found={found} />
  if (field.ui_type === 'Rating') return <Rating field={field} value={value} />
  if (field.ui_type === 'Progress') {
    const { min = 0, max = 1 } = field.property ?? {}
    const share = Math.max(0, Math.min(1, (value - min) / (max - min || 1)))
    return (
      <span className={styles.progress}>
        <span className={styles.track}>
          <span className={styles.bar} style={{ width: `${share * 100}%` }} />
        </span>
        <span>{numberText(field, value)}</span>
      </span>
    )
  }
  return (
    <span className={styles.number}>
      <Highlight text={numberText(field, value)} found={found} />
    </span>
  )
}

function TextCell({
  field,
  text,
  found,
  wrap,
}: {
  field: WebField
  text: string
  found: string
  wrap: boolean
}) {
  if (field.ui_type === 'Email') return <Anchor link={`mailto:${text}`} text={text} found={found} />
  return (
    <span className={wrap ? styles.lines : styles.ellipsis}>
      <Highlight text={text} found={found} />
    </span>
  )
}

/** A link when its scheme may be opened, plain text when not. */
function Anchor({ link, text, found }: { link: string; text: string; found: string }) {
  const address = safeLink(link)
  const content = <Highlight text={text} found={found} />
  if (address === undefined) return <span className={styles.ellipsis}>{content}</span>
  return (
    <a className={styles.ellipsis} href={address} target="_blank" rel="noreferrer noopener" tabIndex={-1}>
      {content}
    </a>
  )
}
