/** What a spreadsheet or CSV file holds, row by row, however large it is. */

export interface TableRow {
  /** As a person counts them, from 1. */
  line: number
  /** Text of each cell; '' where nothing is. Dates that Excel keeps as numbers are `yyyy-MM-dd HH:mm:ss`. */
  cells: string[]
}

export interface TableFile {
  kind: 'xlsx' | 'csv'
  /** e.g. `utf-8`, `gb18030`; of CSV only. */
  encoding?: string
  /** Name of the sheet that is read. */
  sheet?: string
  /** May be asked for more than once; memory stays flat. @throws FileError */
  rows(): AsyncGenerator<TableRow>
  /** Share of the file read by the latest `rows()`, 0 to 1. */
  progress(): number
}

/** Longest text of one cell; Excel itself allows 32,767 characters. */
export const longestCell = 32_767
/** Widest row; a back office exports a few dozen columns. */
export const mostColumns = 500
