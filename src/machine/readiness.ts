import { sql } from 'drizzle-orm'
import type { Database } from '#src/db/database.ts'
import type { LongConnection } from '#src/feishu/long-connection.ts'
import type { Readiness } from '#src/ops/routes.ts'

export interface ReadinessDeps {
  database: Database
  /** Absent with the webhook transport. */
  longConnection(): LongConnection | undefined
  transport: 'webhook' | 'long-connection'
  base(): { ready: boolean; error?: string }
}

type Check = Readiness['checks'][string]

async function databaseCheck(database: Database): Promise<Check> {
  try {
    await database.db.execute(sql`select 1`)
    return { ok: true }
  } catch {
    return { ok: false, detail: 'the database does not answer' }
  }
}

function feishuCheck(deps: ReadinessDeps): Check {
  if (deps.transport === 'webhook') return { ok: true, detail: 'webhook' }
  const state = deps.longConnection()?.state()
  if (state?.connected === true) return { ok: true, detail: 'long connection' }
  return {
    ok: false,
    detail: `long connection ${state?.phase ?? 'not started'}${state?.error === undefined ? '' : `: ${state.error}`}`,
  }
}

/** Whether the machine can do its work, and what is missing when not. */
export async function readReadiness(deps: ReadinessDeps): Promise<Readiness> {
  const base = deps.base()
  const checks: Readiness['checks'] = {
    database: await databaseCheck(deps.database),
    feishu: feishuCheck(deps),
    base: { ok: base.ready, ...(base.error === undefined ? {} : { detail: base.error }) },
  }
  return { ready: Object.values(checks).every((c) => c.ok), checks }
}
