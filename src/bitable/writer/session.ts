import type { Layout, TableLayout } from '../base/layout.ts'
import { createEchoes, type Echoes } from '../read-back/echoes.ts'
import type { Alert, MirrorContext } from '../types.ts'

/** What the present holder of the base's lock remembers about one table; all of it can be found out again. */
export interface TableHealth {
  batchSize: number
  /** ms since the epoch; no write before it */
  pausedUntil: number
  /** No creates before it: the table is full of open rows. */
  createsPausedUntil: number
  /** ms since the epoch; before it only full batches are written */
  restsUntil: { create: number; update: number }
  /** Failures in a row. */
  failures: number
  /** Rows parked in a row: many mean that the table is wrong, not the rows. */
  parked: number
  /** Row cap learned from the platform's refusal. */
  cap: number
  /** Halves of a refused batch, by key. */
  groups: { operation: 'create' | 'update'; keys: string[] }[]
  repairedAt: number
  /** Codes of alerts about the table that a success resolves; at first all, an earlier holder may have raised them. */
  alerted: Set<string>
}

export interface Tried {
  /** ms since the epoch of the last try */
  at: number
  times: number
  phase: 'resend' | 'search'
  /** The platform said that the call was applied. */
  applied: boolean
}

/** One holder's term of office. */
export interface Session {
  ctx: MirrorContext
  layout: Layout
  /** False once the lock is lost: another process may write now. */
  held(): boolean
  health(table: TableLayout): TableHealth
  /** What is being done about attempts whose result is open, by attempt id. */
  tried: Map<string, Tried>
  /** Our own writes whose events are still on the way. */
  echoes: Echoes
  /** Values of ours that somebody keeps changing, by table, row and column. */
  contested: Map<string, { value: string; times: number; since: number }>
  /** The layout must be read again before the next write. */
  stale: boolean
}

export function createSession(ctx: MirrorContext, layout: Layout, held: () => boolean): Session {
  const tables = new Map<string, TableHealth>()
  return {
    ctx,
    layout,
    held,
    tried: new Map(),
    contested: new Map(),
    echoes: createEchoes(() => ctx.clock.now()),
    stale: false,
    health(table) {
      const known = tables.get(table.def.id) ?? freshHealth(ctx)
      tables.set(table.def.id, known)
      return known
    },
  }
}

function freshHealth(ctx: MirrorContext): TableHealth {
  return {
    batchSize: ctx.settings.batchSize,
    pausedUntil: 0,
    createsPausedUntil: 0,
    restsUntil: { create: 0, update: 0 },
    failures: 0,
    parked: 0,
    cap: ctx.settings.rowCap,
    groups: [],
    repairedAt: 0,
    alerted: new Set(['bitable_table_denied', 'bitable_table_full', 'bitable_search_blind']),
  }
}

/** Tells people something about a table, to be taken back by its next success. */
export async function raise(session: Session, table: TableLayout, alert: Alert): Promise<void> {
  session.health(table).alerted.add(alert.code)
  await session.ctx.alert(alert)
}

export async function takeBack(session: Session, table: TableLayout): Promise<void> {
  const { alerted } = session.health(table)
  for (const code of alerted) await session.ctx.resolve({ code, subject: table.def.id })
  alerted.clear()
}

/** Calls outward only while the lock is held. */
export function guard(session: Session): void {
  if (!session.held()) throw new Error('The lock of the table writer was lost; another process goes on')
}
