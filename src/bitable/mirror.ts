import { type HeldLock, holdLock } from '#src/db/lock.ts'
import { AppError, DataError } from '#src/errors.ts'
import type { InboxHandlers, InboxMessage } from '#src/inbound/drain.ts'
import { createLoop, type LoopOutcome } from '#src/jobs/loop.ts'
import { loadLayout } from './base/layout.ts'
import { ensureBase } from './base.ts'
import { noteFieldEvent, noteRecordEvent } from './read-back/note-events.ts'
import { type MirrorStats, readStats } from './stats.ts'
import { type MirrorContext, type MirrorSettings, mirrorDefaults } from './types.ts'
import { runPass } from './writer/pass.ts'
import { createSession, type Session } from './writer/session.ts'

export interface MirrorDeps extends Omit<MirrorContext, 'settings' | 'metrics' | 'resolve'> {
  config: Partial<MirrorSettings>
  metrics?: MirrorContext['metrics']
  resolve?: MirrorContext['resolve']
  wakeups: { on(lane: string, fn: () => void): () => void }
}

export interface Mirror {
  /** Makes or completes the base, shared with `admin` (open_id); waits while another process does it. @returns app_token */
  ensureBase(admin?: string): Promise<string>
  /** Starts the table writer; of several processes one at a time writes. */
  start(): void
  /** Resolves when the current call has ended and the lock is free. */
  stop(): Promise<void>
  /** One round of the writer, for commands and tests; `blocked`: another process is the writer. */
  runOnce(): Promise<LoopOutcome | 'blocked'>
  /** For the inbox drain: what people change in the base. */
  readonly inboxHandlers: InboxHandlers
  stats(): Promise<MirrorStats>
}

/** One writer per installation: the platform allows one write at a time per base. Feishu docs: 多维表格概述. */
const lockName = 'mirror'
const pollMs = 5_000
const takeOverMs = 2_000

/** Keeps the Bitable tables equal to the rows the playbooks want, and brings back what people change there. */
export function createMirror(deps: MirrorDeps): Mirror {
  const settings = { ...mirrorDefaults, ...deps.config }
  const ctx: MirrorContext = {
    ...deps,
    settings,
    metrics: deps.metrics ?? { rowsCall: () => undefined },
    resolve: deps.resolve ?? (async () => undefined),
  }
  let lock: HeldLock | undefined
  let session: Session | undefined

  const takeLock = async (): Promise<boolean> => {
    if (lock?.held()) return true
    session = undefined
    lock = (await holdLock(ctx.database, lockName)) ?? undefined
    return lock !== undefined
  }
  const runOnce = async (): Promise<LoopOutcome | 'blocked'> => {
    if (!(await takeLock())) return 'blocked'
    if (session === undefined) {
      const layout = await loadLayout(ctx.database.db, ctx.tables)
      if (layout === undefined) return 'idle'
      session = createSession(ctx, layout, () => lock?.held() ?? false)
    }
    return runPass(session)
  }
  const loop = createLoop({
    name: 'mirror',
    lanes: ['rows'],
    wakeups: deps.wakeups,
    pollMs,
    run: async () => {
      const result = await runOnce()
      return result === 'blocked' ? { waitMs: takeOverMs } : result
    },
    onError: (error) => ctx.log.error({ err: error }, 'the table writer failed, it goes on after a pause'),
  })
  const options = () => ({ now: ctx.clock.now(), delayMs: settings.readDelayMs })
  return {
    ensureBase: (admin) => {
      settings.admin = admin ?? settings.admin
      return setUp(ctx, takeLock, () => {
        if (session !== undefined) session.stale = true
      })
    },
    start: loop.start,
    async stop() {
      await loop.stop()
      await lock?.release()
      lock = undefined
      session = undefined
    },
    runOnce,
    inboxHandlers: {
      'feishu:drive.file.bitable_record_changed_v1': (tx, message) =>
        noteRecordEvent(tx, eventOf(message), options()),
      'feishu:drive.file.bitable_field_changed_v1': (tx, message) =>
        noteFieldEvent(tx, eventOf(message), options()),
    },
    stats: () => readStats(ctx),
  }
}

/** Whoever holds the lock sets the base up; the others wait until it is there. */
async function setUp(
  ctx: MirrorContext,
  takeLock: () => Promise<boolean>,
  changed: () => void,
): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    if (await takeLock()) {
      const appToken = await ensureBase(ctx)
      changed()
      return appToken
    }
    const layout = await loadLayout(ctx.database.db, ctx.tables)
    if (layout !== undefined && layout.tables.length === ctx.tables.length) return layout.appToken
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  throw new AppError(
    'bitable_setup_blocked',
    'Another process has been setting up the Bitable base for a minute. Look at its log, then start again.',
    { retry: 'backoff' },
  )
}

function eventOf(message: InboxMessage): unknown {
  const envelope: unknown = JSON.parse(message.raw.toString('utf8'))
  if (typeof envelope === 'object' && envelope !== null && 'event' in envelope) return envelope.event
  throw new DataError('bitable_event_unreadable', 'A Bitable event has no event part.', { path: 'event' })
}
