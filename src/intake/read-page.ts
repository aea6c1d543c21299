/** Turns what a connector brought into records to be stored; one that cannot be read does not stop the others. */
import { createHash } from 'node:crypto'
import type { RecordKind, RecordOf } from '#src/contracts/canonical.ts'
import { AppError, messageOf } from '#src/errors.ts'
import type { IntakeSource } from './source.ts'
import { storableJson, storableText } from './storable-json.ts'
import type { ReadRecord, UnreadableRecord } from './store-request.ts'

export interface ReadPage<K extends RecordKind> {
  records: ReadRecord<K>[]
  unreadable: UnreadableRecord[]
}

export interface ReadOptions<K extends RecordKind> {
  kind: K
  isHistory(doc: RecordOf[K]): boolean
  /** When a single record was asked for. */
  externalId?: string
}

export function readPage<K extends RecordKind>(
  source: IntakeSource,
  raws: readonly unknown[],
  options: ReadOptions<K>,
): ReadPage<K> {
  const { shop, connector, config } = source
  const page: ReadPage<K> = { records: [], unreadable: [] }
  for (const raw of raws) {
    try {
      const doc = connector.normalize(options.kind, raw, { shop, config })
      const externalId = options.externalId ?? ownId(connector.id, doc)
      page.records.push({ externalId, raw: connector.scrub(raw), doc, history: options.isHistory(doc) })
    } catch (error) {
      page.unreadable.push({
        externalId: options.externalId ?? unreadableId(raw),
        raw: connector.scrub(raw),
        error: reasonOf(error),
      })
    }
  }
  return page
}

/** When the record began: what is older than the installation is history. */
export function startOf(doc: RecordOf[RecordKind]): number {
  return 'refundNo' in doc ? doc.times.requested : doc.times.created
}

function ownId(connector: string, doc: RecordOf[RecordKind]): string {
  return 'refundNo' in doc ? (doc.refs[connector] ?? doc.refundNo) : doc.orderNo
}

const unreadableId = (raw: unknown) =>
  `unreadable:${createHash('sha256').update(storableJson(raw)).digest('hex').slice(0, 24)}`

function reasonOf(error: unknown): UnreadableRecord['error'] {
  const message = storableText(messageOf(error).slice(0, 500))
  if (!(error instanceof AppError)) return { code: 'record_unreadable', message }
  const { path } = error.context
  return { code: error.code, message, ...(typeof path === 'string' ? { path: storableText(path) } : {}) }
}
