import { onTestFinished } from 'vitest'
import { createApprovals } from '#src/approvals/desired.ts'
import { type CaseOpener, createCaseOpener } from '#src/approvals/opener.ts'
import type { CaseDeps } from '#src/approvals/types.ts'
import type { Approvals } from '#src/contracts/playbook.ts'
import type { Database } from '#src/db/database.ts'
import { cases, events } from '#src/db/schema/index.ts'
import { createFeishu } from '#src/feishu/create-feishu.ts'
import { createLimits } from '#src/limits/create-limits.ts'
import { silentLogger } from '#src/log.ts'
import { refundApproval } from '../../playbooks/refund-review/approval.ts'
import { approvalState, type Definition, type Instance } from '../../sandbox/feishu/approval/state.ts'
import { buildSandbox } from '../../sandbox/server.ts'

export const approval = refundApproval
export const minute = 60_000
const route = '/open-apis/approval/v4/instances'
export const createRoute = `POST ${route}`
export const cancelRoute = `POST ${route}/cancel`

export interface CaseWorld {
  opener: CaseOpener
  /** A further opener on the same database and sandbox: another process. */
  another(more?: Partial<CaseDeps>): CaseOpener
  deps: CaseDeps
  applicant: string
  supervisor: string
  alerts: { code: string; subject: string; text: string }[]
  resolved: { code: string; subject: string }[]
  definition: Definition
  now(): number
  pass(ms: number): Promise<void>
  /** States cases in one transaction, as a handler would. */
  state<R>(run: (approvals: Approvals) => Promise<R>): Promise<R>
  open(subject: string, change?: object): Promise<void>
  /** Rounds until nothing is due any more. */
  settle(opener?: CaseOpener): Promise<void>
  cases(): Promise<(typeof cases.$inferSelect)[]>
  case(subject: string): Promise<typeof cases.$inferSelect>
  events(): Promise<(typeof events.$inferSelect)[]>
  instances(): Instance[]
  decide(instanceCode: string | null, how: 'approve' | 'reject' | 'cancel'): Promise<void>
  fault(fault: Record<string, unknown>): void
  clearFaults(): void
  calls(): string[]
}

export async function startCases(database: Database, more: Partial<CaseDeps> = {}): Promise<CaseWorld> {
  await database.pool.query('truncate cases, events, settings, alerts restart identity')
  const sandbox = await buildSandbox({
    seed: 7,
    frozen: true,
    now: Date.UTC(2026, 10, 21),
    settings: { ordersPerMinute: 0 },
  })
  const { kernel } = sandbox
  const url = await sandbox.listen(0)
  const clock = { now: () => kernel.clock.now() }
  const calls: string[] = []
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
  const users = kernel.readState().users as { open_id: string; name: string }[]
  const idOf = (name: string) => users.find((user) => user.name === name)?.open_id ?? ''
  const [definition] = approvalState(kernel).definitions
  if (definition === undefined) throw new Error('the sandbox has no approval definition')
  const supervisor = definition.nodes[0]?.approvers[0]
  const alerts: CaseWorld['alerts'] = []
  const resolved: CaseWorld['resolved'] = []
  const openers: CaseOpener[] = []
  const deps: CaseDeps = {
    database,
    feishu,
    approvals: new Map([[approval.id, approval]]),
    codes: new Map([[approval.id, definition.approval_code]]),
    clock,
    log: silentLogger,
    alert: async (alert) => void alerts.push(alert),
    resolve: async (key) => void resolved.push(key),
    ...more,
  }
  const another = (change: Partial<CaseDeps> = {}) => {
    const made = createCaseOpener({ ...deps, ...change }, { on: () => () => undefined })
    openers.push(made)
    return made
  }
  onTestFinished(async () => {
    for (const one of openers) await one.stop()
    await feishu.close()
    await sandbox.close()
  })
  const opener = another()
  const applicant = idOf('林小夏')
  const state: CaseWorld['state'] = (run) =>
    database.db.transaction((tx) => run(createApprovals(tx, { trace: 'test-trace', now: clock.now() })))
  const allCases = () => database.db.select().from(cases).orderBy(cases.createdAt)
  return {
    opener,
    another,
    deps,
    applicant,
    supervisor: supervisor?.type === 'Personal' ? supervisor.openId : '',
    alerts,
    resolved,
    definition,
    now: clock.now,
    pass: (ms) => kernel.clock.advance(ms),
    state,
    open: (subject, change = {}) =>
      state((approvals) =>
        approvals.open(approval, subject, { input: { ...approval.sample, ...change }, applicant }),
      ),
    async settle(which = opener) {
      for (let round = 0; round < 50; round++) if ((await which.runOnce()) !== 'more') return
      throw new Error('the opener never came to rest')
    },
    cases: allCases,
    async case(subject) {
      const found = (await allCases()).findLast((one) => one.subject === subject)
      if (found === undefined) throw new Error(`no case about ${subject}`)
      return found
    },
    events: () => database.db.select().from(events).orderBy(events.id),
    instances: () => approvalState(kernel).instances,
    async decide(instanceCode, how) {
      const body =
        how === 'cancel' ? {} : { open_id: supervisor?.type === 'Personal' ? supervisor.openId : '' }
      const response = await fetch(`${url}/_control/approvals/${instanceCode}/${how}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
      if (!response.ok) throw new Error(`${how}: ${await response.text()}`)
    },
    fault: (fault) => void kernel.faults.add(fault),
    clearFaults: () => kernel.faults.clear(),
    calls: () => calls.splice(0),
  }
}
