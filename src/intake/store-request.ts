import type { RecordKind, RecordOf } from '#src/contracts/canonical.ts'
import type { Role, RoleOf } from './merge.ts'

/** One record that could be read. */
export interface ReadRecord<K extends RecordKind = RecordKind> {
  /** Its own id in its connector's system. */
  externalId: string
  raw: unknown
  doc: RecordOf[K]
  /** Rows yes, cards no: a first pull or a backfill brought it. */
  history: boolean
}

/** One record that could not. */
export interface UnreadableRecord {
  externalId: string
  raw: unknown
  error: { code: string; message: string; path?: string }
}

export interface StoreRequest<K extends RecordKind = RecordKind> {
  connector: { id: string; role: Role }
  shop: { id: string }
  kind: K
  records: readonly ReadRecord<K>[]
  unreadable: readonly UnreadableRecord[]
  /** ms */
  at: number
  roleOf: RoleOf
}

export interface StoreReport {
  created: number
  changed: number
  /** Known already, or older than what is known. */
  unchanged: number
  unreadable: number
}

/** A canonical record on its way in, under the identity it is stored by. */
export interface Incoming<K extends RecordKind = RecordKind> {
  platform: string
  no: string
  doc: RecordOf[K]
  history: boolean
}
