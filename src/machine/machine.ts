import type { FastifyInstance } from 'fastify'
import { createFetchLoop } from '#src/intake/fetch-loop.ts'
import { type Intake, startIntake } from '#src/intake/schedule.ts'
import type { Metrics } from '#src/ops/metrics.ts'
import { createContext } from '#src/runtime/context.ts'
import { createEventDrain } from '#src/runtime/drain-events.ts'
import { createDoors } from './doors.ts'
import { addBacklogGauges, addConnectionGauges } from './gauges.ts'
import { createIntakeHooks } from './intake-hooks.ts'
import { listen } from './listen.ts'
import type { MachineOptions } from './options.ts'
import { seedDirectory } from './seed.ts'
import { createShared, type Shared } from './shared.ts'
import { createWriters } from './writers.ts'

export type { MachineOptions } from './options.ts'

export interface Machine {
  app: FastifyInstance
  metrics: Metrics
  /** Starts everything; returns the address it listens on. */
  start(): Promise<string>
  stop(): Promise<void>
}

/** What the configuration says of people and chats, and the rows every playbook needs from the first day. */
async function prepare({ options, runtime }: Shared): Promise<void> {
  const { database, config, content, people, clock } = options
  await seedDirectory(database, { feishu: config.feishu, people, now: clock.now() })
  await database.db.transaction(async (tx) => {
    for (const playbook of content.playbooks) {
      await playbook.start?.(createContext(runtime, tx, { trace: 'start', playbook: playbook.id }))
    }
  })
}

function pulling({ options, pull, sources, metrics, alerts }: Shared): Intake {
  const { pollSeconds } = options
  return startIntake({
    ...pull,
    sources: sources.pulled,
    pollSeconds,
    hooks: createIntakeHooks(metrics, alerts),
  })
}

/** Puts the parts together. Everything they share is made once and handed to them; nothing is global. */
export function createMachine(options: MachineOptions): Machine {
  const shared = createShared(options)
  const { wakeups, jobs, metrics, link, http, pull, sources } = shared
  const writers = createWriters(shared)
  const doors = createDoors(shared, writers)
  const events = createEventDrain(shared.runtime, wakeups)
  const fetches = createFetchLoop({ ...pull, sources: sources.all, wakeups })
  addBacklogGauges(metrics, options.database)
  addConnectionGauges(metrics, () => doors.connection()?.state(), options.clock)
  let intake: Intake | undefined

  return {
    app: doors.app,
    metrics,
    async start() {
      await prepare(shared)
      const address = await listen(doors.app, options.config)
      await jobs.start()
      for (const loop of [doors.drain, events, fetches, writers.poster, writers.opener, writers.base])
        loop.start()
      doors.connect()
      intake = pulling(shared)
      return address
    },
    // From the outside in: nothing new comes, what runs ends, then the connections go.
    async stop() {
      await Promise.all([doors.app.close(), doors.connection()?.close(), intake?.stop(), writers.base.stop()])
      await Promise.all([doors.drain.stop(), fetches.stop(), jobs.stop(), events.stop()])
      await Promise.all([writers.poster.stop(), writers.opener.stop(), writers.mirror.stop()])
      await Promise.all([wakeups.close(), link.close(), http.close()])
    },
  }
}
