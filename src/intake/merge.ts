/**
 * One order or refund is often seen through several connectors. These pure functions decide what we believe: the
 * channel before the ERP before a file; within one connector the newest copy.
 */
import type { Order, OrderLine, RecordKind, RecordOf, Refund } from '#src/contracts/canonical.ts'
import type { AnyConnector } from '#src/contracts/connector.ts'

export type Role = AnyConnector['role'] | 'file'
/** The role of a connector by its id; unknown ones count as a file. */
export type RoleOf = (connectorId: string) => Role

export interface Known<D> {
  doc: D
  /** Newest version seen, by connector id. */
  origins: Readonly<Record<string, number>>
}

export interface Copy<D> {
  connector: string
  doc: D
}

/** `older`: the same connector has already brought a newer copy. */
export type Merged<D> = { doc: D; origins: Record<string, number> } | 'older'

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
  const seen = known.origins[copy.connector]
  if (seen !== undefined && copy.doc.version < seen) return 'older'
  const origins = { ...known.origins, [copy.connector]: copy.doc.version }
  return { doc: leading(known, copy, { roleOf, fill: fillOrder }), origins }
}

/** The platform decides the stage, the ERP brings its operator, and every system's number is kept. */
export function mergeRefund(known: Known<Refund>, copy: Copy<Refund>, roleOf: RoleOf): Merged<Refund> {
  const seen = known.origins[copy.connector]
  if (seen !== undefined && copy.doc.version < seen) return 'older'
  const operator =
    roleOf(copy.connector) === 'erp'
      ? (copy.doc.operator ?? known.doc.operator)
      : (known.doc.operator ?? copy.doc.operator)
  const doc = {
    ...leading(known, copy, { roleOf, fill: fillRefund }),
    // Identity is what we first knew it by: cards, rows and approvals are about that subject.
    platform: known.doc.platform,
    refundNo: known.doc.refundNo,
    refs: { ...known.doc.refs, ...copy.doc.refs },
    ...(operator === undefined ? {} : { operator }),
  }
  return { doc, origins: { ...known.origins, [copy.connector]: copy.doc.version } }
}

interface Precedence<D> {
  roleOf: RoleOf
  fill(leader: D, other: D): D
}

function leading<D extends { version: number }>(known: Known<D>, copy: Copy<D>, rule: Precedence<D>): D {
  const others = Object.keys(known.origins).filter((id) => id !== copy.connector)
  // What a newer copy of the only source no longer has is gone; an equal one may just have been read in less detail.
  if (others.length === 0)
    return copy.doc.version > known.doc.version ? copy.doc : rule.fill(copy.doc, known.doc)
  const mine = ranks[rule.roleOf(copy.connector)]
  const theirs = Math.max(...others.map((id) => ranks[rule.roleOf(id)]))
  const leads = mine > theirs || (mine === theirs && copy.doc.version >= known.doc.version)
  return leads ? rule.fill(copy.doc, known.doc) : rule.fill(known.doc, copy.doc)
}

/** The leader's values, and the other's where the leader has none. */
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
