/** What storing records would change, without storing them. */
import { isDeepStrictEqual } from 'node:util'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Executor } from '#src/db/database.ts'
import { merge } from './merge.ts'
import { keyOf, readExisting } from './record-table.ts'
import { storableJson } from './storable-json.ts'
import type { StoreRequest } from './store-request.ts'

export interface Difference {
  number: string
  /** e.g. `amounts.paid` */
  path: string
  before: unknown
  after: unknown
}

export interface Preview {
  created: number
  changed: number
  unchanged: number
  differences: Difference[]
}

/** `mostDifferences` keeps the answer small; every record is counted. */
export async function previewRecords<K extends RecordKind>(
  executor: Executor,
  request: StoreRequest<K>,
  mostDifferences: number,
): Promise<Preview> {
  const preview: Preview = { created: 0, changed: 0, unchanged: 0, differences: [] }
  const incoming = request.records.map(({ doc }) => ({
    platform: doc.platform,
    no: 'refundNo' in doc ? doc.refundNo : doc.orderNo,
    doc,
  }))
  const existing = await readExisting(executor, request.kind, { records: incoming })
  for (const one of incoming) {
    const known = existing.get(keyOf(one))
    if (known === undefined) {
      preview.created += 1
      continue
    }
    const merged = merge(
      request.kind,
      known,
      { connector: request.connector.id, doc: one.doc },
      request.roleOf,
    )
    const after = merged === 'older' ? known.doc : (JSON.parse(storableJson(merged.doc)) as typeof known.doc)
    if (isDeepStrictEqual(after, known.doc)) preview.unchanged += 1
    else {
      preview.changed += 1
      preview.differences.push(...differencesOf(one.no, known.doc, after))
    }
  }
  preview.differences = preview.differences.slice(0, mostDifferences)
  return preview
}

function differencesOf(number: string, before: unknown, after: unknown, path = ''): Difference[] {
  if (isDeepStrictEqual(before, after)) return []
  if (!isPlain(before) || !isPlain(after)) return [{ number, path, before, after }]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) =>
    differencesOf(number, before[name], after[name], path === '' ? name : `${path}.${name}`),
  )
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
