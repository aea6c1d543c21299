import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events } from '#src/db/schema/index.ts'
import { appendEvents } from '#src/intake/append-events.ts'
import type { Jobs } from '#src/jobs/jobs.ts'
import { silentLogger } from '#src/log.ts'
import type { RuntimeDeps } from '#src/runtime/context.ts'
import { createEventDrain } from '#src/runtime/drain-events.ts'
import { createRegistry } from '#src/runtime/registry.ts'
import { alertCard } from '../../cards/index.ts'
import { useDatabase } from '../support/database.ts'
import { createGate } from '../support/gate.ts'

const database = useDatabase()
const now = 1_790_000_000_000

type Handle = (subject: string, message: string) => Promise<void> | void

function depsOf(handle: Handle): RuntimeDeps {
  const registry = createRegistry([], [alertCard])
  const parked = {
    playbook: 'test',
    handle: async (_ctx: unknown, event: { subject: string; payload: unknown }) =>
      handle(event.subject, (event.payload as { message: string }).message),
  }
  return {
    database,
    registry: { ...registry, handlers: () => [parked] },
    shops: [],
    backOffice: () => undefined,
    alertCard,
    jobs: {} as Pick<Jobs, 'enqueueTask'>,
    clock: { now: () => now },
    log: silentLogger,
  }
}

const eventOf = (subject: string, message: string) => ({
  type: 'work.parked' as const,
  subject,
  trace: 'trace',
  payload: { area: 'intake' as const, subject, code: 'test', message },
})

/** Runs the drain over the events until `count` of them were handed to the handler. */
async function drained(all: ReturnType<typeof eventOf>[], handle: Handle, count: number): Promise<void> {
  await database.db.delete(events)
  await appendEvents(database.db, all, now)
  const gate = createGate<string>()
  const deps = depsOf(async (subject, message) => {
    gate.pass(subject)
    await handle(subject, message)
  })
  const drain = createEventDrain(deps, { on: () => () => undefined })
  drain.start()
  for (let i = 0; i < count; i += 1) await gate.next()
  await drain.stop()
}

const stored = () => database.db.select().from(events).orderBy(asc(events.id))

test('Events of one subject are handled in order, whatever their batches', async () => {
  const subjects = Array.from({ length: 30 }, (_, i) => `subject ${i}`)
  const seen = new Map<string, string[]>()
  const all = ['first', 'second', 'third'].flatMap((word) => subjects.map((s) => eventOf(s, word)))
  await drained(all, (s, message) => void seen.set(s, [...(seen.get(s) ?? []), message]), 90)
  expect([...seen.values()]).toEqual(subjects.map(() => ['first', 'second', 'third']))
})

test('An event whose handler fails waits for its next try; the others of its batch are done', async () => {
  const all = Array.from({ length: 10 }, (_, i) => eventOf(`subject ${i}`, ''))
  const fail = (subject: string) => {
    if (subject === 'subject 4') throw new Error('no')
  }
  // Five in the batch that fails, then all ten one by one.
  await drained(all, fail, 15)
  const rows = await stored()
  const failed = rows.filter((row) => row.state !== 'done')
  expect(failed.map(({ subject, state, attempts }) => ({ subject, state, attempts }))).toEqual([
    { subject: 'subject 4', state: 'new', attempts: 1 },
  ])
  expect(failed[0]?.dueAt).toBeGreaterThanOrEqual(now)
})

test('A later event of a subject waits while an earlier one is to be tried again', async () => {
  const all = [eventOf('subject', 'bad'), eventOf('subject', 'good'), eventOf('other', 'good')]
  const fail = (_subject: string, message: string) => {
    if (message === 'bad') throw new Error('no')
  }
  await drained(all, fail, 3)
  const states = (await stored()).map(({ subject, state }) => `${subject} ${state}`)
  expect(states).toEqual(['subject new', 'subject new', 'other done'])
})
