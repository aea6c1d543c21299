import {
  anything,
  boolean,
  checkShape,
  integer,
  type Kind,
  oneOf,
  type Shape,
  shaped,
  string,
} from './kinds.ts'
import { arrayAt, type CardObject, isObject, type Known, objectAt, type Path } from './pieces.ts'
import { CardProblem, malformed } from './problem.ts'

const mostRowsPerPage = 10
const mostColumns = 50
const width: Kind = (value, at) => {
  const text = String(value)
  const px = Number(/^(\d+(?:\.\d+)?)px$/.exec(text)?.[1] ?? Number.NaN)
  const percent = Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1] ?? Number.NaN)
  if (value !== 'auto' && !(px >= 80 && px <= 600) && !(percent >= 1 && percent <= 100))
    throw malformed(at.path, 'width must be auto, [80,600]px or [1,100]%')
}

const symbol: Kind = (value, at) => {
  if (typeof value !== 'string' || [...value].length > 1)
    throw malformed(at.path, 'symbol must be one character')
}

const columnShape: Shape = {
  name: anything,
  display_name: string,
  data_type: anything,
  width,
  horizontal_align: oneOf('left', 'center', 'right'),
  vertical_align: oneOf('top', 'center', 'bottom'),
  format: shaped({ symbol, precision: integer(0, 10), separator: boolean }),
  date_format: string,
}

const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  lark_md: (value) => typeof value === 'string',
  markdown: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  date: (value) => typeof value === 'number',
  options: (value) => typeof value === 'string' || (Array.isArray(value) && value.every(isObject)),
  persons: (value) => typeof value === 'string' || Array.isArray(value),
}

/** The table component. UNVERIFIED: which of 200914 and 200915 goes with which fault of a row. */
export function checkTable(table: CardObject, path: Path, known: Known): void {
  const size = table.page_size
  if (
    size !== undefined &&
    !(Number.isInteger(size) && Number(size) >= 1 && Number(size) <= mostRowsPerPage)
  ) {
    throw malformed(path, `page_size must be 1 to ${mostRowsPerPage}`)
  }
  const types = columnTypes(table, path, known)
  for (const row of table.rows === undefined ? [] : arrayAt(table.rows, path, 'rows')) {
    if (!isObject(row))
      throw new CardProblem(200914, 'table rows are invalid', { path, value: 'row must be an object' })
    for (const [name, value] of Object.entries(row)) {
      const type = types.get(name)
      if (type && !fits[type]?.(value)) {
        throw new CardProblem(200915, 'table rows are invalid', {
          path,
          value: `column ${name} is not ${type}`,
        })
      }
    }
  }
}

function columnTypes(table: CardObject, path: Path, known: Known): Map<string, string> {
  const columns = arrayAt(table.columns, path, 'columns')
  if (columns.length > mostColumns) throw malformed(path, `at most ${mostColumns} columns`)
  const types = new Map<string, string>()
  const at = [...path, 'columns']
  for (const item of columns) {
    const column = objectAt(item, path, 'column')
    checkShape(column, columnShape, { tag: 'column', path: at, known })
    const type = String(column.data_type ?? 'text')
    if (!Object.hasOwn(fits, type)) throw malformed(at, `unknown data_type: ${type}`)
    if (typeof column.name !== 'string' || column.name === '') throw malformed(at, 'column needs a name')
    if (types.has(column.name)) throw malformed(at, `column name is duplicated: ${column.name}`)
    types.set(column.name, type)
  }
  return types
}
