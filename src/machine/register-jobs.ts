import { and, eq, lt } from 'drizzle-orm'
import { events } from '#src/db/schema/index.ts'
import { purgeInbox } from '#src/inbound/purge.ts'
import { purgeDeliveries } from '#src/intake/accept.ts'
import { purgeFetches } from '#src/intake/fetch-queue.ts'
import type { Jobs } from '#src/jobs/jobs.ts'
import { type JobDeps, runJob } from '#src/runtime/run-job.ts'

const keptMs = 30 * 24 * 3_600_000

/** Forgets, in small steps, what is done and older than 30 days. */
async function purge(deps: JobDeps): Promise<void> {
  const now = deps.clock.now()
  const { database } = deps
  while ((await purgeInbox(database.db, now)) > 0);
  await purgeFetches(database, now)
  await purgeDeliveries(database, now)
  await database.db.delete(events).where(and(eq(events.state, 'done'), lt(events.doneAt, now - keptMs)))
}

/** The playbooks' jobs and schedules, and the machine's own housekeeping. */
export function registerJobs(jobs: Jobs, deps: JobDeps): void {
  const handlers = [...deps.registry.jobs.keys()].map((name) => [
    name,
    (task: { job: string; input: Record<string, unknown>; trace: string }) => runJob(deps, task),
  ])
  jobs.registerTasks({ ...Object.fromEntries(handlers), 'machine.purge': () => purge(deps) })
  for (const { id, playbook, cron, job, input } of deps.registry.schedules) {
    jobs.schedule({ id: `${playbook}.${id}`, cron, job: `${playbook}.${job}`, input })
  }
  jobs.schedule({ id: 'machine.purge', cron: '17 4 * * *', job: 'machine.purge', input: {} })
}
