import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { textColorOf } from '../colors.ts'
import { useCard } from '../context.ts'
import type { ElementProps } from '../elements.tsx'
import { type CardObject, numberOf, objectOf, objectsOf, textOf } from '../json.ts'
import { alignOf, lengthOf, linesStyle, textSizeOf } from '../sizes.ts'
import styles from './table.module.css'
import { TableCell } from './table-cell.tsx'

const mostColumns = 50
const heights: Readonly<Record<string, number>> = { low: 40, middle: 56, high: 72 }

/** Rows in pages. Feishu docs: 表格组件. */
export function Table({ element }: ElementProps) {
  const [page, setPage] = useState(0)
  const columns = objectsOf(element.columns).slice(0, mostColumns)
  const rows = objectsOf(element.rows)
  const size = Math.min(Math.max(numberOf(element.page_size) ?? 5, 1), 10)
  const pages = Math.max(Math.ceil(rows.length / size), 1)
  const shown = rows.slice(page * size, (page + 1) * size)
  return (
    <div className={styles.box}>
      <div className={styles.scroll}>
        <table className={styles.table} data-frozen={element.freeze_first_column === true}>
          <Head columns={columns} style={objectOf(element.header_style)} />
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own
              <tr key={page * size + index}>
                {columns.map((column) => (
                  <TableCell
                    key={String(column.name)}
                    column={column}
                    value={row[String(column.name)]}
                    height={heightOf(element)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? <Pager page={page} pages={pages} onPage={setPage} /> : null}
    </div>
  )
}

function heightOf(table: CardObject): { height?: number; maxHeight?: number } {
  if (table.row_height === 'auto') return { maxHeight: lengthOf(table.row_max_height) ?? 124 }
  const height = lengthOf(table.row_height) ?? heights[textOf(table.row_height) ?? 'low'] ?? 40
  return { height, maxHeight: height }
}

function Head({ columns, style }: { columns: readonly CardObject[]; style: CardObject }) {
  const card = useCard()
  const look: CSSProperties = {
    fontSize: textSizeOf(style.text_size, card.textSizes),
    color: textColorOf(style.text_color, card.colors),
    fontWeight: style.bold === false ? 400 : 500,
    ...(style.background_style === 'grey' && { background: '#f5f6f7' }),
  }
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={String(column.name)}
            style={{
              ...look,
              ...widthOf(column),
              textAlign: alignOf(
                style.text_align ??
                  column.horizontal_align ??
                  (column.data_type === 'number' ? 'right' : 'left'),
              ),
            }}
            data-background={textOf(style.background_style) ?? 'none'}
          >
            <div style={linesStyle(numberOf(style.lines) ?? 1)}>{textOf(column.display_name) ?? ''}</div>
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** auto, px or percent. */
function widthOf(column: CardObject): CSSProperties {
  const px = lengthOf(column.width)
  if (px !== undefined) return { width: px, minWidth: px, maxWidth: px }
  const percent = /^\d{1,3}(?:\.\d+)?%$/.exec(textOf(column.width) ?? '')?.[0]
  return percent === undefined ? {} : { width: percent }
}

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  const t = useT()
  return (
    <nav className={styles.pager} aria-label={t('表格分页', 'Pages of the table')}>
      <button
        type="button"
        disabled={page === 0}
        aria-label={t('上一页', 'Previous page')}
        onClick={() => onPage(page - 1)}
      >
        <ChevronLeft size={16} />
      </button>
      <span>
        {page + 1}/{pages}
      </span>
      <button
        type="button"
        disabled={page === pages - 1}
        aria-label={t('下一页', 'Next page')}
        onClick={() => onPage(page + 1)}
      >
        <ChevronRight size={16} />
      </button>
    </nav>
  )
}
