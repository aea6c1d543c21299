/** Which column is which field: what was guessed, what was saved for the shop, and what a person said, in that order. */
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Executor } from '#src/db/database.ts'
import { settings } from '#src/db/schema/index.ts'
import { FileError } from '#src/files/file-error.ts'
import type { Header, SheetReader } from './header.ts'

/** Our field → column, from 0. */
export type Columns = ReadonlyMap<string, number>

export interface ChosenColumn {
  field: string
  label: string
  column: number
  header: string
  /** 1: its name is known or a person chose it. */
  confidence: number
}

/** `label of ours` → `header of the file`, e.g. 订单号 → 平台单号; '' leaves a field out. */
export type ColumnWishes = Readonly<Record<string, string>>

export interface Choosing {
  shopId: string
  header: Header
  reader: SheetReader
  wishes: ColumnWishes
}

/** @throws FileError `column_unknown` for a wish that fits nothing, `column_missing` when a required field has none */
export async function chooseColumns(executor: Executor, choosing: Choosing): Promise<ChosenColumn[]> {
  const { header, reader } = choosing
  const saved = await savedWishes(executor, choosing)
  const chosen = new Map<string, ChosenColumn>(header.guess.columns.map((guess) => [guess.field, guess]))
  for (const [label, wanted] of Object.entries({ ...saved, ...choosing.wishes })) {
    const column = wish(choosing, label, wanted)
    for (const [field, other] of chosen) if (other.column === column.column) chosen.delete(field)
    if (wanted === '') chosen.delete(column.field)
    else chosen.set(column.field, column)
  }
  const missing = reader
    .fields(header.guess.kind)
    .filter((field) => field.required && !chosen.has(field.key))
    .map((field) => field.label)
  if (missing.length > 0) throw missingColumns(header, missing)
  return [...chosen.values()].toSorted((a, b) => a.column - b.column)
}

export const columnsOf = (chosen: readonly ChosenColumn[]): Columns =>
  new Map(chosen.map(({ field, column }) => [field, column]))

function wish({ header, reader }: Choosing, label: string, wanted: string): ChosenColumn {
  const field = reader.fields(header.guess.kind).find((one) => one.label === label || one.key === label)
  if (field === undefined) {
    const known = reader.fields(header.guess.kind).map((one) => one.label)
    throw new FileError(
      'column_unknown',
      `There is no field "${label}". 没有「${label}」这个字段，可用：${known.join('、')}`,
    )
  }
  const column = wanted === '' ? -1 : header.texts.indexOf(wanted)
  if (column === -1 && wanted !== '')
    throw new FileError(
      'column_unknown',
      `The file has no column "${wanted}". 文件里没有「${wanted}」这一列，表头为：${header.texts.filter(Boolean).join('、')}`,
    )
  return { field: field.key, label: field.label, column, header: wanted, confidence: 1 }
}

function missingColumns(header: Header, missing: readonly string[]): FileError {
  const [first = ''] = missing
  return new FileError(
    'column_missing',
    `No column was recognised for: ${missing.join(', ')}. 没有认出：${missing.join('、')}。请用 --map 指定，例如 --map ${first}=列名；文件的表头为：${header.texts.filter(Boolean).join('、')}`,
  )
}

/** A shop's exports keep their header: what was said once holds for the next file with the same one. */
function keyOf(shopId: string, header: Header): string {
  const digest = createHash('sha256').update(JSON.stringify(header.texts)).digest('hex').slice(0, 16)
  return `import:${shopId}:${header.guess.kind}:${digest}`
}

async function savedWishes(executor: Executor, { shopId, header }: Choosing): Promise<ColumnWishes> {
  const [row] = await executor
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, keyOf(shopId, header)))
  return (row?.value ?? {}) as ColumnWishes
}

/** Remembers what a person said. */
export async function saveWishes(executor: Executor, choosing: Choosing, now: number): Promise<void> {
  if (Object.keys(choosing.wishes).length === 0) return
  const value = { ...(await savedWishes(executor, choosing)), ...choosing.wishes }
  const row = { key: keyOf(choosing.shopId, choosing.header), value, updatedAt: now }
  await executor
    .insert(settings)
    .values(row)
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: now } })
}

export const recordKindWords: Record<RecordKind, string> = { orders: '订单', refunds: '退款单' }
