/**
 * One order or refund is often seen through several connectors. These pure functions decide what we believe, from the
 * newest copy of every connector alone: whatever order the copies arrive in, the end is the same.
 */
import type { Order, OrderLine, RecordKind, RecordOf, Refund } from '#src/contracts/canonical.ts'
import type { AnyConnector } from '#src/contracts/connector.ts'

export type Role = AnyConnector['role']
/** The role of a connector by its id; unknown ones count as a file. */
export type RoleOf = (connectorId: string) => Role

export interface Known<D> {
  doc: D
  /** Newest version seen, by connector id. */
  origins: Readonly<Record<string, number>>
  /** Newest copy, by connector id; empty while one connector alone knows the record, for then `doc` is its copy. */
  copies: Readonly<Record<string, D>>
}

export interface Copy<D> {
  connector: string
  doc: D
}

/** `older`: the same connector has already brought a newer copy. */
export type Merged<D> = { doc: D; origins: Record<string, number>; copies: Record<string, D> } | 'older'

/** The platform before the books, the books before a file. */
const ranks: Record<Role, number> = { channel: 3, erp: 2, finance: 2, file: 1 }

export function merge<K extends RecordKind>(
  kind: K,
  known: Known<RecordOf[K]>,
  copy: Copy<RecordOf[K]>,
  roleOf: RoleOf,
): Merged<RecordOf[K]> {
  return (kind === 'orders'
    ? mergeOrder(known as Known<Order>, copy as Copy<Order>, roleOf)
    : mergeRefund(known as Known<Refund>, copy as Copy<Refund>, roleOf)) as unknown as Merged<RecordOf[K]>
}

export function mergeOrder(known: Known<Order>, copy: Copy<Order>, roleOf: RoleOf): Merged<Order> {
  return merged(known, copy, { roleOf, fill: fillOrder, believe: believedOrder })
}

/** The platform decides the stage, the ERP brings its operator, and every system's number is kept. */
export function mergeRefund(known: Known<Refund>, copy: Copy<Refund>, roleOf: RoleOf): Merged<Refund> {
  const result = merged(known, copy, { roleOf, fill: fillRefund, believe: believedRefund })
  if (result === 'older') return result
  const doc = {
    ...result.doc,
    // Identity is what we first knew it by: cards, rows and approvals are about that subject.
    platform: known.doc.platform,
    refundNo: known.doc.refundNo,
    refs: { ...known.doc.refs, ...result.doc.refs, ...copy.doc.refs },
  }
  return { ...result, doc }
}

interface Precedence<D> {
  roleOf: RoleOf
  /** The leader's values, and the other's where the leader has none. */
  fill(leader: D, other: D): D
  /** What the copies say together, strongest first; field groups with another precedence are decided here. */
  believe(copies: readonly Ranked<D>[]): D
}

interface Ranked<D> extends Copy<D> {
  role: Role
}

function merged<D extends { version: number }>(
  known: Known<D>,
  copy: Copy<D>,
  rule: Precedence<D>,
): Merged<D> {
  const seen = known.origins[copy.connector]
  if (seen !== undefined && copy.doc.version < seen) return 'older'
  const origins = { ...known.origins, [copy.connector]: copy.doc.version }
  const others = copiesOfOthers(known, copy.connector)
  const previous = known.copies[copy.connector] ?? (Object.keys(others).length === 0 ? known.doc : undefined)
  // What a newer copy of a source no longer has is gone; an equal one may just have been read in less detail.
  const mine = seen === copy.doc.version && previous !== undefined ? rule.fill(copy.doc, previous) : copy.doc
  if (Object.keys(others).length === 0) return { doc: mine, origins, copies: {} }
  const copies = { ...others, [copy.connector]: mine }
  return { doc: rule.believe(ranked(copies, rule.roleOf)), origins, copies }
}

/** The copies of the other connectors; where none were kept (one alone knew the record), the record is the copy. */
function copiesOfOthers<D>(known: Known<D>, connector: string): Record<string, D> {
  const [other] = Object.keys(known.origins).filter((id) => id !== connector)
  if (other === undefined) return {}
  const kept = Object.entries(known.copies).filter(([id]) => id !== connector)
  return kept.length === 0 ? { [other]: known.doc } : Object.fromEntries(kept)
}

/** Strongest first: by role, then newest, then by id so that nothing depends on who came first. */
function ranked<D extends { version: number }>(
  copies: Readonly<Record<string, D>>,
  roleOf: RoleOf,
): Ranked<D>[] {
  return Object.entries(copies)
    .map(([connector, doc]) => ({ connector, doc, role: roleOf(connector) }))
    .toSorted(
      (a, b) =>
        ranks[b.role] - ranks[a.role] ||
        b.doc.version - a.doc.version ||
        (a.connector < b.connector ? -1 : 1),
    )
}

function believedOrder(copies: readonly Ranked<Order>[]): Order {
  return copies.map(({ doc }) => doc).reduce(fillOrder)
}

function believedRefund(copies: readonly Ranked<Refund>[]): Refund {
  const doc = copies.map((copy) => copy.doc).reduce(fillRefund)
  // Who started it is the ERP's to say: the platform only knows its own accounts.
  const operator = copies.find((copy) => copy.role === 'erp' && copy.doc.operator !== undefined)?.doc.operator
  const refs = Object.assign({}, ...copies.map((copy) => copy.doc.refs)) as Refund['refs']
  return { ...doc, refs, ...(operator === undefined ? {} : { operator }) }
}

function fillOrder(leader: Order, other: Order): Order {
  const sellerWords = leader.sellerWords ?? other.sellerWords
  return {
    ...leader,
    times: { ...other.times, ...leader.times },
    buyer: { ...other.buyer, ...leader.buyer },
    live: { ...other.live, ...leader.live },
    lines: leader.lines.length === 0 ? other.lines : leader.lines.map((line) => fillLine(line, other.lines)),
    vouchers: leader.vouchers.length === 0 ? other.vouchers : leader.vouchers,
    ...(sellerWords === undefined ? {} : { sellerWords }),
  }
}

function fillLine(line: OrderLine, others: readonly OrderLine[]): OrderLine {
  const other = others.find((one) => one.lineId === line.lineId)
  return other === undefined ? line : { ...other, ...line }
}

function fillRefund(leader: Refund, other: Refund): Refund {
  return {
    ...other,
    ...leader,
    reason: leader.reason === '' ? other.reason : leader.reason,
    times: { ...other.times, ...leader.times },
  }
}
