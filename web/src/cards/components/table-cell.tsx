import type { ReactNode } from 'react'
import { tagColors } from '../colors.ts'
import { type CardObject, isObject, numberOf, objectOf, objectsOf, textOf } from '../json.ts'
import { Markdown } from '../markdown/blocks.tsx'
import { alignOf } from '../sizes.ts'
import { One } from './person.tsx'
import styles from './table.module.css'

interface TableCellProps {
  column: CardObject
  value: unknown
  height: { height?: number; maxHeight?: number }
}

export function TableCell({ column, value, height }: TableCellProps) {
  const type = textOf(column.data_type) ?? 'text'
  const usual = type === 'number' ? 'right' : 'left'
  return (
    <td
      data-type={type}
      style={{
        textAlign: alignOf(column.horizontal_align ?? usual),
        verticalAlign:
          textOf(column.vertical_align) === 'top'
            ? 'top'
            : textOf(column.vertical_align) === 'bottom'
              ? 'bottom'
              : 'middle',
        height: height.height,
      }}
    >
      <div
        className={styles.cell}
        style={{ maxHeight: height.maxHeight === undefined ? undefined : height.maxHeight - 12 }}
        title={plainOf(value)}
      >
        {shown(type, column, value)}
      </div>
    </td>
  )
}

function plainOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 12 ? value : undefined
}

function shown(type: string, column: CardObject, value: unknown): ReactNode {
  switch (type) {
    case 'number':
      return numberText(value, objectOf(column.format))
    case 'date':
      return dateText(value, textOf(column.date_format) ?? 'YYYY/MM/DD')
    case 'options':
      return typeof value === 'string' ? <Option option={{ text: value }} /> : options(value)
    case 'persons':
    case 'person':
      return people(value)
    case 'lark_md':
    case 'markdown':
      return <Markdown content={textOf(value) ?? ''} dialect={type} />
    default:
      return <span dir="auto">{typeof value === 'number' ? String(value) : (textOf(value) ?? '')}</span>
  }
}

/** Feishu docs: 表格组件, format: symbol, precision, separator. */
export function numberText(value: unknown, format: CardObject): string {
  const number = numberOf(value)
  if (number === undefined) return ''
  const precision = numberOf(format.precision)
  const digits =
    precision === undefined ? {} : { minimumFractionDigits: precision, maximumFractionDigits: precision }
  const text = new Intl.NumberFormat('en-US', {
    useGrouping: format.separator === true,
    ...(precision === undefined ? { maximumFractionDigits: 10 } : digits),
  }).format(number)
  return `${textOf(format.symbol) ?? textOf(format.symbol_left) ?? ''}${text}`
}

/** A moment (ms) in the reader's time, written as `YYYY/MM/DD HH:mm:ss` and the like. */
export function dateText(value: unknown, format: string): string {
  const ms = numberOf(value)
  const date = new Date(ms ?? Number.NaN)
  if (Number.isNaN(date.getTime())) return ''
  const two = (part: number) => String(part).padStart(2, '0')
  const parts: Readonly<Record<string, string>> = {
    YYYY: String(date.getFullYear()),
    YY: String(date.getFullYear()).slice(-2),
    MM: two(date.getMonth() + 1),
    M: String(date.getMonth() + 1),
    DD: two(date.getDate()),
    D: String(date.getDate()),
    HH: two(date.getHours()),
    H: String(date.getHours()),
    mm: two(date.getMinutes()),
    ss: two(date.getSeconds()),
  }
  return format.replace(/YYYY|YY|MM|M|DD|D|HH|H|mm|ss/g, (name) => parts[name] ?? name)
}

function options(value: unknown): ReactNode {
  return (
    <span className={styles.options}>
      {objectsOf(value).map((option) => (
        <Option key={JSON.stringify(option)} option={option} />
      ))}
    </span>
  )
}

function Option({ option }: { option: CardObject }) {
  return (
    <span
      className={styles.option}
      style={tagColors(option.color ?? 'neutral')}
      data-color={textOf(option.color)}
    >
      {textOf(option.text) ?? ''}
    </span>
  )
}

function people(value: unknown): ReactNode {
  const list = Array.isArray(value) ? value : [value]
  const ids = list
    .map((one) => (isObject(one) ? textOf(one.id) : textOf(one)) ?? '')
    .filter((id) => id !== '')
  return (
    <span className={styles.options}>
      {ids.map((id) => (
        <One key={id} id={id} look={{ size: 20, showAvatar: true, showName: true, capsule: false }} />
      ))}
    </span>
  )
}
