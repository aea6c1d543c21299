import { onTestFinished } from 'vitest'
import { createMirror, type Mirror } from '#src/bitable/mirror.ts'
import { createRows } from '#src/bitable/rows.ts'
import type { Alert, MirrorSettings } from '#src/bitable/types.ts'
import type { Rows } from '#src/contracts/playbook.ts'
import type { AnyTable } from '#src/contracts/table.ts'
import type { Database } from '#src/db/database.ts'
import { createWakeups } from '#src/db/wake.ts'
import { createFeishu } from '#src/feishu/create-feishu.ts'
import type { Feishu } from '#src/feishu/types.ts'
import { createLimits } from '#src/limits/create-limits.ts'
import { silentLogger } from '#src/log.ts'
import { registerAuth } from '../../sandbox/feishu/auth/index.ts'
import {
  addRowAs,
  changeFieldAs,
  deleteFieldAs,
  deleteRowAs,
  editRowAs,
  fieldNamedOrId,
  spotNamed,
} from '../../sandbox/feishu/bitable/by-hand.ts'
import { registerBitable, type World } from '../../sandbox/feishu/bitable/index.ts'
import { bases, type Spot } from '../../sandbox/feishu/bitable/state.ts'
import { addUser, type Person, registerContact } from '../../sandbox/feishu/contact/index.ts'
import { registerDrive } from '../../sandbox/feishu/drive/index.ts'
import { createKernel, type OwnKernel } from '../../sandbox/kernel/create-kernel.ts'

export interface ShownRow {
  record_id: string
  fields: Record<string, unknown>
}

/** A base in the sandbox, the real Feishu client and a mirror, all on one clock that only `pass` moves. */
export interface MirrorWorld {
  kernel: OwnKernel
  sandbox: World
  feishu: Feishu
  alerts: Alert[]
  lin: Person
  mirror: Mirror
  tables: readonly AnyTable[]
  /** A further mirror on the same database and sandbox: another process. */
  another(config?: Partial<MirrorSettings>, client?: Feishu, defs?: readonly AnyTable[]): Mirror
  /** States rows in one transaction, as a handler would. */
  state(run: (rows: Rows) => Promise<void>): Promise<void>
  /** Lets time pass until the writer has nothing left to do (or waits for more than half a minute). */
  settle(mirror?: Mirror): Promise<void>
  /** Hands the events the sandbox has sent so far to the mirror, as the inbox would. */
  deliver(mirror?: Mirror): Promise<number>
  spot(table: string): Spot
  rows(table: string): ShownRow[]
  row(table: string, key: string): ShownRow
  by: {
    add(table: string, fields: Record<string, unknown>): string
    edit(table: string, recordId: string, fields: Record<string, unknown>): void
    remove(table: string, recordId: string): void
    rename(table: string, field: string, name: string): void
    retype(table: string, field: string, type: number): void
    dropField(table: string, field: string): void
  }
  /** Calls answered by the sandbox since the last `calls()`, e.g. `bitable.record.batch-create`. */
  calls(): string[]
}

interface SentEvent {
  type: string
  event: Record<string, unknown>
}

export async function startWorld(
  database: Database,
  tables: readonly AnyTable[],
  config: Partial<MirrorSettings> & { sandboxRowCap?: number; live?: boolean } = {},
): Promise<MirrorWorld> {
  await emptyDatabase(database)
  const { sandboxRowCap, live = false, ...settings } = config
  const rowCap = sandboxRowCap ?? 20_000
  const kernel = createKernel({ frozen: !live, now: Date.UTC(2026, 10, 21), settings: { rowCap } })
  registerAuth(kernel)
  registerContact(kernel)
  const sandbox = registerBitable(kernel)
  const find = (token: string) => bases(sandbox).find((base) => base.app_token === token)
  registerDrive(kernel, { find, hand: () => undefined })
  const events: SentEvent[] = []
  kernel.events.emit = (event) => events.push({ type: event.type, event: event.event })
  await kernel.start()
  const url = await kernel.app.listen({ port: 0, host: '127.0.0.1' })
  kernel.listening(url)
  const lin = addUser(kernel, { name: '林小满' })
  const calls: string[] = []
  const clock = { now: () => kernel.clock.now() }
  const { appId, appSecret } = kernel.identity()
  const feishu = createFeishu({
    baseUrl: url,
    appId,
    appSecret,
    clock,
    log: silentLogger,
    limits: createLimits({ database: null, clock }),
    usage: { count: (api) => void calls.push(api) },
    sleep: (ms) => kernel.clock.advance(Math.ceil(ms)),
  })
  const alerts: Alert[] = []
  const mirrors: Mirror[] = []
  const wakeups = live
    ? createWakeups(database.url)
    : { on: () => () => undefined, close: async () => undefined }
  const another: MirrorWorld['another'] = (more = {}, client = feishu, defs = tables) => {
    const made = createMirror({
      database,
      feishu: client,
      tables: defs,
      config: { baseName: '汇流', admin: lin.open_id, ...settings, ...more },
      clock,
      log: silentLogger,
      alert: async (alert) => void alerts.push(alert),
      wakeups,
    })
    mirrors.push(made)
    return made
  }
  onTestFinished(async () => {
    for (const mirror of mirrors) await mirror.stop()
    await wakeups.close()
    await feishu.close()
    await kernel.close()
  })
  const mirror = another()
  const spot = (table: string) => spotNamed(sandbox, '汇流', table)
  const rows = (table: string) => {
    const effects = kernel.readEffects().rows as { table: string; rows: ShownRow[] }[]
    return effects.find((shown) => shown.table === table)?.rows ?? []
  }
  return {
    kernel,
    sandbox,
    feishu,
    alerts,
    lin,
    mirror,
    tables,
    another,
    state: (run) =>
      database.db.transaction((tx) => run(createRows(tx, { trace: 'test-trace', now: clock.now(), tables }))),
    settle: (which = mirror) => settle(which, kernel),
    deliver: async (which = mirror) => deliver(database, which, events.splice(0)),
    spot,
    rows,
    row(table, key) {
      const [name] = spot(table).table.fields.filter((field) => field.is_primary)
      const found = rows(table).find((row) => row.fields[name?.field_name ?? ''] === key)
      if (found === undefined) throw new Error(`no row ${key} in ${table}`)
      return found
    },
    by: {
      add: (table, fields) => addRowAs(sandbox, spot(table), lin.open_id, fields),
      edit: (table, recordId, fields) => editRowAs(sandbox, spot(table), lin.open_id, { recordId, fields }),
      remove: (table, recordId) => deleteRowAs(sandbox, spot(table), lin.open_id, recordId),
      rename: (table, field, name) =>
        changeFieldAs(sandbox, spot(table), lin.open_id, { field: fieldNamedOrId(spot(table), field), name }),
      retype: (table, field, type) =>
        changeFieldAs(sandbox, spot(table), lin.open_id, { field: fieldNamedOrId(spot(table), field), type }),
      dropField: (table, field) =>
        deleteFieldAs(sandbox, spot(table), lin.open_id, fieldNamedOrId(spot(table), field)),
    },
    calls: () => calls.splice(0),
  }
}

async function settle(mirror: Mirror, kernel: OwnKernel): Promise<void> {
  for (let round = 0; round < 500; round++) {
    const outcome = await mirror.runOnce()
    if (outcome === 'more') continue
    if (outcome === 'idle' || outcome === 'blocked' || outcome.waitMs > 31_000) return
    await kernel.clock.advance(outcome.waitMs)
  }
  throw new Error('the writer never came to rest')
}

async function deliver(database: Database, mirror: Mirror, events: SentEvent[]): Promise<number> {
  for (const { type, event } of events) {
    const handle = mirror.inboxHandlers[`feishu:${type}`]
    const raw = Buffer.from(JSON.stringify({ schema: '2.0', header: { event_type: type }, event }))
    const message = { id: 1, source: 'feishu', dedupeKey: 'x', kind: 'event', eventType: type, raw } as const
    await database.db.transaction(
      async (tx) => await handle?.(tx, { ...message, headers: {}, receivedAt: 0, trace: 'test-trace' }),
    )
  }
  return events.length
}

async function emptyDatabase(database: Database): Promise<void> {
  await database.pool.query(
    'truncate bindings, table_rows, row_attempts, row_reads, foreign_rows, events, settings restart identity',
  )
}
