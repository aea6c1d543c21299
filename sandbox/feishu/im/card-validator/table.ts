import { arrayAt, type CardObject, isObject, objectAt, onlyProperties, type Path } from './pieces.ts'
import { CardProblem, malformed } from './problem.ts'

const mostRowsPerPage = 10
const mostColumns = 50
const columnProperties = [
  'name',
  'display_name',
  'data_type',
  'width',
  'horizontal_align',
  'vertical_align',
  'format',
  'date_format',
]
const headerProperties = ['text_align', 'text_size', 'background_style', 'text_color', 'bold', 'lines']

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
export function checkTable(table: CardObject, path: Path): void {
  const size = table.page_size
  if (
    size !== undefined &&
    !(Number.isInteger(size) && Number(size) >= 1 && Number(size) <= mostRowsPerPage)
  ) {
    throw malformed(path, `page_size must be 1 to ${mostRowsPerPage}`)
  }
  if (table.header_style !== undefined) {
    onlyProperties(objectAt(table.header_style, path, 'header_style'), headerProperties, [
      ...path,
      'header_style',
    ])
  }
  const types = columnTypes(table, path)
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

function columnTypes(table: CardObject, path: Path): Map<string, string> {
  const columns = arrayAt(table.columns, path, 'columns')
  if (columns.length > mostColumns) throw malformed(path, `at most ${mostColumns} columns`)
  return new Map(
    columns.map((item) => {
      const column = objectAt(item, path, 'column')
      onlyProperties(column, columnProperties, [...path, 'columns'])
      const type = String(column.data_type ?? 'text')
      if (!(type in fits)) throw malformed([...path, 'columns'], `unknown data_type: ${type}`)
      if (typeof column.name !== 'string' || column.name === '')
        throw malformed([...path, 'columns'], 'column needs a name')
      return [column.name, type]
    }),
  )
}
