import type { JobContext, Outward } from '#src/contracts/playbook.ts'
import { DataError } from '#src/errors.ts'
import { createRecords } from '#src/intake/records.ts'
import { createContext, directoryOf, type RuntimeDeps } from './context.ts'

export interface JobDeps extends RuntimeDeps {
  channel(shopId: string, scope: { trace: string }): Promise<Outward>
  erp(shopId: string, scope: { trace: string }): Promise<Outward | undefined>
  refresh: JobContext['refresh']
}

export interface JobRun {
  /** `<playbook>.<job>` */
  job: string
  input: Record<string, unknown>
  trace: string
}

/** Runs one job of a playbook: network allowed, results stated in transactions of its own. Throws what the job throws. */
export async function runJob(deps: JobDeps, run: JobRun): Promise<void> {
  const known = deps.registry.jobs.get(run.job)
  if (known === undefined) throw new DataError('job_unknown', `No job ${run.job}`)
  const parsed = known.job.input.safeParse(run.input)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
    throw new DataError('job_input_invalid', `Job ${run.job}: input ${path} is not valid`, { path })
  }
  const { db } = deps.database
  const scope = { trace: run.trace, playbook: known.playbook }
  const ctx: JobContext = {
    now: deps.clock.now(),
    trace: run.trace,
    log: deps.log.child({ trace: run.trace, job: run.job }),
    records: createRecords(db),
    directory: directoryOf(deps, db),
    channel: (shopId) => deps.channel(shopId, scope),
    erp: (shopId) => deps.erp(shopId, scope),
    refresh: deps.refresh,
    transaction: (body) => db.transaction((tx) => body(createContext(deps, tx, scope))),
  }
  await known.job.run(ctx, parsed.data)
}
