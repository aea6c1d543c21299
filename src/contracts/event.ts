/** Canonical events: what playbooks react to. Handlers read the current record; the event says what happened to it. */
import type { Order, Refund } from './canonical.ts'

export interface EventPayloads {
  /** First time we see the order. `history` is true for backfills and first pulls: rows yes, cards no. */
  'order.created': { order: Order; history: boolean }
  'order.changed': { order: Order; before: Order; history: boolean }
  /** First time we see the refund. */
  'refund.requested': { refund: Refund; source: string; history: boolean }
  'refund.changed': { refund: Refund; before: Refund; source: string; history: boolean }
  /** The approval instance now exists in Feishu. */
  'approval.opened': {
    approval: string
    caseId: string
    subject: string
    instanceCode: string
    openedAt: number
  }
  /** An approval case reached an end in Feishu (or was cancelled there). */
  'approval.decided': {
    approval: string
    caseId: string
    subject: string
    decision: 'approved' | 'rejected' | 'cancelled'
    /** open_id of who decided, when known. */
    decidedBy?: string
    comment?: string
    decidedAt: number
  }
  /** An approval that had been granted was taken back in Feishu; what was carried out stays carried out. */
  'approval.reverted': { approval: string; caseId: string; subject: string; revertedAt: number }
  /** People changed fields of a row that are theirs (staff) or shared. Values in our own shapes. */
  'row.edited': {
    table: string
    key: string
    changes: Record<string, { before: unknown; after: unknown }>
    editedBy?: string
    editedAt: number
  }
  /** A row created by people (or through a form); it has no key of ours yet. */
  'row.added': {
    table: string
    recordId: string
    values: Record<string, unknown>
    addedBy?: string
    addedAt: number
  }
  /** People deleted a row of a table whose rows are theirs to delete; it is not made again. */
  'row.removed': { table: string; key: string }
  /** Somebody wrote to the bot or in a group that @s it. */
  'message.received': {
    messageId: string
    chatId: string
    chatType: 'p2p' | 'group'
    openId: string
    text: string
    sentAt: number
  }
  /** An outward job was given up after its retries; somebody must act. */
  'work.parked': { area: string; subject: string; code: string; message: string }
}

export type EventType = keyof EventPayloads

export interface CanonicalEvent<T extends EventType = EventType> {
  id: string
  type: T
  /** What it is about, e.g. `order:douyin:6917…`; events of one subject are handled in order. */
  subject: string
  trace: string
  at: number
  payload: EventPayloads[T]
}
