import { describe, expect, it } from 'vitest'
import { createApprovals } from '#src/approvals/desired.ts'
import { cases } from '#src/db/schema/index.ts'
import { refundApproval as approval } from '../../playbooks/refund-review/approval.ts'
import { useDatabase } from '../support/database.ts'

const database = useDatabase()
const request = { input: approval.sample, applicant: 'ou_lin' }

async function fresh(now = 1_000) {
  await database.db.delete(cases)
  return <R>(run: (approvals: ReturnType<typeof createApprovals>) => Promise<R>, at = now) =>
    database.db.transaction((tx) => run(createApprovals(tx, { trace: 't', now: at })))
}

describe('stating approvals', () => {
  it('wants one live case per subject, however often it is asked for', async () => {
    const state = await fresh()
    await state((a) => a.open(approval, 's', request))
    await state((a) => a.open(approval, 's', request))
    expect(await database.db.select().from(cases)).toHaveLength(1)
  })

  it('wants one live case also when two transactions ask at once', async () => {
    const state = await fresh()
    await Promise.allSettled([1, 2, 3].map(() => state((a) => a.open(approval, 's', request))))
    expect(await database.db.select().from(cases)).toHaveLength(1)
  })

  it('finds the newest case, and the successor when both came in the same millisecond', async () => {
    const state = await fresh()
    expect(await state((a) => a.find(approval, 's'))).toBeUndefined()
    await state((a) => a.open(approval, 's', request))
    const first = await state((a) => a.find(approval, 's'))
    expect(first).toMatchObject({ state: 'wanted', input: { refundAmount: 268_000 } })
    const changed = { ...request, input: { ...approval.sample, refundAmount: 1 }, reason: 'changed' }
    await state((a) => a.reopen(approval, 's', changed))
    expect(await state((a) => a.find(approval, 's'))).toMatchObject({
      replaces: first?.id,
      state: 'wanted',
      input: { refundAmount: 1 },
    })
  })

  it('shows a case that shall end as cancelled, and one that people had decided as decided', async () => {
    const state = await fresh()
    await state((a) => a.open(approval, 's', request))
    await state((a) => a.cancel(approval, 's', 'withdrawn'))
    expect(await state((a) => a.find(approval, 's'))).toMatchObject({ state: 'cancelled' })
    await database.db.update(cases).set({ state: 'approved' })
    expect(await state((a) => a.find(approval, 's'))).toMatchObject({ state: 'approved' })
  })

  it('reopens without a live case as if it were opened', async () => {
    const state = await fresh()
    await state((a) => a.reopen(approval, 's', { ...request, reason: 'x' }))
    expect(await state((a) => a.find(approval, 's'))).toMatchObject({ state: 'wanted' })
    expect(await state((a) => a.find(approval, 's'))).not.toHaveProperty('replaces')
  })

  it('refuses an input the form does not know, naming the path, and wants nothing', async () => {
    const state = await fresh()
    const bad = { input: { ...approval.sample, refundAmount: 1.5 }, applicant: 'ou_lin' }
    await expect(state((a) => a.open(approval, 's', bad))).rejects.toMatchObject({
      code: 'approval_input_invalid',
      context: { path: 'refundAmount' },
    })
    expect(await database.db.select().from(cases)).toEqual([])
  })
})
