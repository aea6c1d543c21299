import type { FastifyInstance } from 'fastify'
import { type AppDeps, buildApp } from '#src/app.ts'
import { fixedClock } from '#src/clock.ts'
import type { Database } from '#src/db/database.ts'
import type { OnPress } from '#src/inbound/card-press.ts'
import { createFeishuInbox } from '#src/inbound/feishu-inbox.ts'
import { createInboxStore } from '#src/inbound/inbox-store.ts'
import { silentLogger } from '#src/log.ts'
import { keys, nowMs, type Signed } from './feishu-sealing.ts'

/** A real server over a real database; only its clock stands still. */
export function frontDoor(
  database: Database,
  options: Partial<AppDeps> & { onPress?: OnPress; pressDeadlineMs?: number } = {},
) {
  const clock = fixedClock(nowMs)
  const store = createInboxStore(database)
  const inbox = createFeishuInbox({
    store,
    onPress: options.onPress ?? (async () => ({ toast: { type: 'success', content: '好' } })),
    clock,
    log: silentLogger,
    ...(options.pressDeadlineMs === undefined ? {} : { pressDeadlineMs: options.pressDeadlineMs }),
  })
  const app = buildApp({ log: silentLogger, clock, feishu: { keys, inbox }, ...options })
  return { app, clock, store, inbox }
}

export const post = (app: FastifyInstance, request: Signed, url = '/feishu/events') =>
  app.inject({ method: 'POST', url, headers: request.headers, payload: request.raw })

export interface InboxRow {
  source: string
  dedupe_key: string
  kind: string
  event_type: string | null
  lane: string | null
  raw: Buffer
  headers: Record<string, string>
  state: string
  due_at: string
  attempts: number
  error: { code: string; message: string; path?: string } | null
}

export async function inboxRows(database: Database): Promise<InboxRow[]> {
  const { rows } = await database.pool.query<InboxRow>('select * from inbox order by id')
  return rows
}
