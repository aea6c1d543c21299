/** Imports a file of orders or refunds into a shop, or shows what that would change. */
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { SheetRow } from '#src/contracts/connector.ts'
import type { Database } from '#src/db/database.ts'
import { FileError } from '#src/files/file-error.ts'
import { openTable } from '#src/files/open-table.ts'
import type { TableFile } from '#src/files/table-file.ts'
import type { RoleOf } from '#src/intake/merge.ts'
import { type Difference, previewRecords } from '#src/intake/preview.ts'
import { readPage, startOf } from '#src/intake/read-page.ts'
import type { IntakeSource } from '#src/intake/source.ts'
import { storeRecords } from '#src/intake/store.ts'
import type { StoreRequest } from '#src/intake/store-request.ts'
import {
  type ChosenColumn,
  type Columns,
  type ColumnWishes,
  chooseColumns,
  columnsOf,
  saveWishes,
} from './columns.ts'
import { type Group, groupRows } from './groups.ts'
import { findHeader, type SheetReader } from './header.ts'
import { refusedRows } from './refused-rows.ts'

export interface ImportDeps {
  database: Database
  roleOf: RoleOf
  now(): number
  /** Rows read so far, and the share of the file, 0 to 1. */
  onProgress?(rows: number, share: number): void
}

export interface ImportRequest {
  path: string
  /** The shop, with a connector that reads sheets. */
  source: IntakeSource
  wishes: ColumnWishes
  /** Only shows what would change. */
  dryRun: boolean
  /** Where refused rows are written. */
  refusedPath: string
}

export interface ImportReport {
  kind: RecordKind
  file: Pick<TableFile, 'kind' | 'encoding' | 'sheet'>
  columns: ChosenColumn[]
  rows: number
  created: number
  changed: number
  unchanged: number
  refused: number
  /** The first reasons, with their lines. */
  reasons: string[]
  /** The first differences to what is known. */
  differences: Difference[]
  refusedPath: string | undefined
}

const batchSize = 500
const shownReasons = 20
const shownDifferences = 50
/** What is older is history: it gets a row, and no card. */
const newsMs = 24 * 3_600_000

/**
 * Memory stays flat whatever the size. A batch is stored whole or not at all; importing the same file again changes
 * nothing, so an import that was cut short is simply repeated.
 * @throws FileError naming the reason when the file as a whole cannot be taken
 */
export async function importFile(deps: ImportDeps, request: ImportRequest): Promise<ImportReport> {
  const { sheets: reader } = request.source.connector
  if (reader === undefined)
    throw new FileError(
      'import_not_possible',
      'This connector reads no files. 该店铺的连接器不支持文件导入。',
    )
  const table = await openTable(request.path)
  const header = await findHeader(table, reader)
  const choosing = { shopId: request.source.shop.id, header, reader, wishes: request.wishes }
  const columns = await chooseColumns(deps.database.db, choosing)
  if (!request.dryRun) await saveWishes(deps.database.db, choosing, deps.now())
  const { kind, encoding, sheet } = table
  const report: ImportReport = {
    kind: header.guess.kind,
    file: { kind, ...(encoding !== undefined && { encoding }), ...(sheet !== undefined && { sheet }) },
    columns,
    rows: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    refused: 0,
    reasons: [],
    differences: [],
    refusedPath: undefined,
  }
  const refused = refusedRows(request.refusedPath, header.texts)
  const refuse = async (rows: readonly SheetRow[], reason: string) => {
    report.refused += rows.length
    if (report.reasons.length < shownReasons) report.reasons.push(reason)
    await refused.add(rows, reason)
  }
  const below = dataRows(table, header.line, (rows) => {
    report.rows = rows
    deps.onProgress?.(rows, table.progress())
  })
  try {
    const groups = groupRows(below, reader, { kind: header.guess.kind, columns: columnsOf(columns) })
    for await (const batch of batches(groups))
      await takeBatch(deps, request, { report, reader, columns: columnsOf(columns), batch, refuse })
  } finally {
    report.refusedPath = await refused.close()
  }
  return report
}

async function* dataRows(
  table: TableFile,
  headerLine: number,
  onRows: (rows: number) => void,
): AsyncGenerator<SheetRow> {
  let rows = 0
  for await (const row of table.rows()) {
    if (row.line <= headerLine) continue
    rows += 1
    onRows(rows)
    yield row
  }
}

async function* batches(groups: AsyncIterable<Group>): AsyncGenerator<Group[]> {
  let batch: Group[] = []
  for await (const group of groups) {
    batch.push(group)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

interface Taking {
  report: ImportReport
  reader: SheetReader
  columns: Columns
  batch: readonly Group[]
  refuse(rows: readonly SheetRow[], reason: string): Promise<void>
}

async function takeBatch(deps: ImportDeps, request: ImportRequest, taking: Taking): Promise<void> {
  const { report } = taking
  const { source, dryRun } = request
  const store: StoreRequest = {
    connector: source.connector,
    shop: source.shop,
    kind: report.kind,
    records: await readable(request, taking, deps.now()),
    unreadable: [],
    at: deps.now(),
    roleOf: deps.roleOf,
  }
  if (store.records.length === 0) return
  const change = dryRun
    ? await previewRecords(deps.database.db, store, shownDifferences - report.differences.length)
    : await deps.database.db.transaction((tx) => storeRecords(tx, store))
  report.created += change.created
  report.changed += change.changed
  report.unchanged += change.unchanged
  if ('differences' in change) report.differences.push(...change.differences)
}

/** What can be read of a batch; the rest is refused with its reason. */
async function readable(
  { source }: ImportRequest,
  { report, reader, columns, batch, refuse }: Taking,
  now: number,
): Promise<StoreRequest['records']> {
  const records: StoreRequest['records'][number][] = []
  for (const group of batch) {
    if (group.torn) {
      await refuse(
        group.rows,
        `第 ${group.rows[0]?.line} 行：${group.key} 的各行不相邻，请按编号排序后再导入`,
      )
      continue
    }
    const page = readPage(source, [reader.record(columns, group.rows)], {
      kind: report.kind,
      isHistory: (doc) => startOf(doc) < now - newsMs,
    })
    const [wrong] = page.unreadable
    if (wrong !== undefined) await refuse(group.rows, wrong.error.message)
    records.push(...page.records)
  }
  return records
}
