import { describe, expect, it } from 'vitest'
import { onDefinitionChanged, onInstanceMoved } from '#src/approvals/inbox-handlers.ts'
import { useDatabase } from '../support/database.ts'
import { approval, type CaseWorld, cancelRoute, createRoute, minute, startCases } from './case-world.ts'

const database = useDatabase()

const eventTypes = async (world: CaseWorld) => (await world.events()).map((event) => event.type)

async function opened(): Promise<CaseWorld & { code: string }> {
  const world = await startCases(database)
  await world.open('r1')
  await world.settle()
  return { ...world, code: (await world.case('r1')).instanceCode ?? '' }
}

describe('opening a case', () => {
  it('creates one instance with the order’s data filled in, and tells the playbooks', async () => {
    const world = await opened()
    expect(world.instances()).toHaveLength(1)
    expect(world.instances()[0]).toMatchObject({ openId: world.applicant, status: 'PENDING' })
    const values = Object.fromEntries((world.instances()[0]?.form ?? []).map((w) => [w.custom_id, w.value]))
    expect(values).toMatchObject({ refund_no: '7300000000000000001', refund_amount: 2680 })
    expect(await world.events()).toMatchObject([
      { type: 'approval.opened', subject: 'r1', trace: 'test-trace', payload: { instanceCode: world.code } },
    ])
  })

  it('is done once when the answer is lost: the used uuid finds the instance', async () => {
    const world = await startCases(database)
    world.fault({ kind: 'reset_after_apply', route: createRoute, times: 1 })
    await world.open('r1')
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'wanted' })
    await world.pass(minute)
    await world.settle()
    expect(world.instances()).toHaveLength(1)
    expect(await world.case('r1')).toMatchObject({
      state: 'open',
      instanceCode: world.instances()[0]?.instance_code,
    })
  })

  it('is taken up by another process after a crash, with the same uuid and body', async () => {
    const world = await startCases(database)
    world.fault({ kind: 'reset_after_apply', route: createRoute, times: 1 })
    await world.open('r1')
    await world.settle()
    const { uuid, body } = await world.case('r1')
    expect(body).toMatchObject({ uuid })
    await world.opener.stop()
    await world.pass(minute)
    await world.settle(world.another())
    expect(world.instances()).toMatchObject([{ uuid }])
  })

  it('is one process’s work at a time', async () => {
    const world = await startCases(database)
    await world.opener.runOnce()
    const second = world.another()
    await world.open('r1')
    expect(await second.runOnce()).toEqual({ waitMs: expect.any(Number) })
    expect(world.instances()).toEqual([])
  })

  it('keeps trying while Feishu is down', async () => {
    const world = await startCases(database)
    world.fault({ kind: '5xx', family: 'approval' })
    await world.open('r1')
    for (let round = 0; round < 5; round++) {
      await world.settle()
      await world.pass(16 * minute)
    }
    expect(await world.case('r1')).toMatchObject({ state: 'wanted' })
    world.clearFaults()
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open', error: null })
    expect(world.alerts).toEqual([])
  })

  it('reads the definition once for many cases', async () => {
    const world = await startCases(database)
    for (let i = 0; i < 8; i++) await world.open(`r${i}`)
    await world.settle()
    expect(world.instances()).toHaveLength(8)
    expect(world.calls().filter((api) => api === 'approval.definition.get')).toHaveLength(1)
  })

  it('that is refused for its applicant after an earlier try got through adopts that instance', async () => {
    const world = await startCases(database)
    world.fault({ kind: 'reset_after_apply', route: createRoute, times: 1 })
    await world.open('r1')
    await world.settle()
    world.fault({ kind: 'code', code: 1390004, route: createRoute, times: 1 })
    await world.pass(minute)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open' })
    expect(world.instances()).toHaveLength(1)
  })
})

describe('a case nobody wants any more', () => {
  it('that was never tried ends without asking Feishu', async () => {
    const world = await startCases(database)
    await world.open('r1')
    await world.state((approvals) => approvals.cancel(approval, 'r1', 'withdrawn'))
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'cancelled' })
    expect(world.calls()).toEqual([])
    expect(await world.events()).toEqual([])
  })

  it('that was tried and exists is found and cancelled', async () => {
    const world = await startCases(database)
    world.fault({ kind: 'reset_after_apply', route: createRoute, times: 1 })
    await world.open('r1')
    await world.settle()
    await world.state((approvals) => approvals.cancel(approval, 'r1', 'withdrawn'))
    await world.settle()
    expect(world.instances()).toMatchObject([{ status: 'CANCELED' }])
    expect(await world.case('r1')).toMatchObject({ state: 'cancelled' })
    expect(await world.events()).toEqual([])
  })

  it('that was tried and never arrived is not created for nothing', async () => {
    const world = await startCases(database)
    world.fault({ kind: 'reset_before', route: createRoute, times: 1 })
    await world.open('r1')
    await world.settle()
    await world.state((approvals) => approvals.cancel(approval, 'r1', 'withdrawn'))
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'wanted', want: 'cancelled' })
    await world.pass(minute)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'cancelled' })
    expect(world.instances()).toEqual([])
  })

  it('that is open is cancelled, and nobody is asked to decide again about it', async () => {
    const world = await opened()
    await world.state((approvals) => approvals.cancel(approval, 'r1', 'withdrawn'))
    await world.settle()
    expect(world.instances()).toMatchObject([{ status: 'CANCELED' }])
    expect(await world.case('r1')).toMatchObject({ state: 'cancelled' })
    expect(await eventTypes(world)).toEqual(['approval.opened'])
  })

  it('is cancelled once although the answer was lost', async () => {
    const world = await opened()
    world.fault({ kind: 'reset_after_apply', route: cancelRoute, times: 1 })
    await world.state((approvals) => approvals.cancel(approval, 'r1', 'withdrawn'))
    await world.settle()
    await world.pass(minute)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'cancelled' })
  })

  it('is left alone when people were faster: an approved instance is never cancelled, and the decision counts', async () => {
    const world = await opened()
    await world.decide(world.code, 'approve')
    await world.state((approvals) => approvals.cancel(approval, 'r1', 'withdrawn'))
    await world.settle()
    expect(world.calls()).not.toContain('approval.instance.cancel')
    expect(world.instances()).toMatchObject([{ status: 'APPROVED' }])
    expect(await world.case('r1')).toMatchObject({ state: 'approved' })
    expect(await eventTypes(world)).toEqual(['approval.opened', 'approval.decided'])
  })

  it('decided in the very moment between reading and cancelling counts as decided', async () => {
    const world = await opened()
    const { approvals } = world.deps.feishu
    const racing = {
      ...approvals,
      async cancel(...call: Parameters<typeof approvals.cancel>) {
        await world.decide(world.code, 'approve')
        return approvals.cancel(...call)
      },
    }
    await world.opener.stop()
    const opener = world.another({ feishu: { approvals: racing } })
    await world.state((stated) => stated.cancel(approval, 'r1', 'withdrawn'))
    await world.settle(opener)
    await world.opener.stop()
    await world.pass(minute)
    await opener.stop()
    await world.settle(world.another())
    expect(await world.case('r1')).toMatchObject({ state: 'approved' })
  })

  it('makes way for its successor, which is linked to it', async () => {
    const world = await opened()
    await world.pass(1)
    await world.state((approvals) =>
      approvals.reopen(approval, 'r1', {
        input: { ...approval.sample, refundAmount: 100 },
        applicant: world.applicant,
        reason: 'amount changed',
      }),
    )
    await world.settle()
    const [old, fresh] = await world.cases()
    expect(world.instances().map((one) => one.status)).toEqual(['CANCELED', 'PENDING'])
    expect(fresh).toMatchObject({ replaces: old?.id, state: 'open' })
    expect(fresh?.uuid).not.toBe(old?.uuid)
  })
})

describe('a decision', () => {
  it.each([
    ['approve', 'approved', true],
    ['reject', 'rejected', true],
    ['cancel', 'cancelled', false],
  ] as const)('%s is told once as %s, however often it is read', async (how, decision, byPerson) => {
    const world = await opened()
    await world.decide(world.code, how)
    await world.pass(2 * minute)
    await world.settle()
    await world.pass(60 * minute)
    await world.settle()
    const decided = (await world.events()).filter((event) => event.type === 'approval.decided')
    expect(decided).toHaveLength(1)
    expect(decided[0]).toMatchObject({
      subject: 'r1',
      payload: { decision, approval: approval.id, ...(byPerson ? { decidedBy: world.supervisor } : {}) },
    })
    expect(await world.case('r1')).toMatchObject({ state: decision })
  })

  it.each(['code', 'uuid'])('is read at once when an event tells of it by %s', async (named) => {
    const world = await opened()
    await world.pass(3_000)
    await world.settle()
    await world.decide(world.code, 'approve')
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open' })
    // The platform writes uuids in its own case.
    const uuid = (await world.case('r1')).uuid.toUpperCase()
    const event = named === 'code' ? { instance_code: world.code } : { instance_code: 'OTHER', uuid }
    await database.db.transaction((tx) => onInstanceMoved(tx, { event }, world.now()))
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'approved' })
  })

  it('whose event was lost is found by reading, ever more rarely as the case ages', async () => {
    const world = await opened()
    world.calls()
    for (let hour = 0; hour < 48; hour++) {
      await world.pass(60 * minute)
      await world.settle()
    }
    const reads = world.calls().filter((api) => api === 'approval.instance.get').length
    expect(reads).toBeGreaterThan(24)
    expect(reads).toBeLessThan(60)
    await world.decide(world.code, 'reject')
    await world.pass(60 * minute)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'rejected' })
  })
})

describe('events about approvals', () => {
  const tell = (handle: typeof onInstanceMoved | typeof onDefinitionChanged, envelope: unknown) =>
    database.db.transaction(async (tx) => void (await handle(tx, envelope, 1)))

  it('about instances of others change nothing', async () => {
    const world = await opened()
    const before = await world.cases()
    await tell(onInstanceMoved, { event: { instance_code: 'OTHER', uuid: '' } })
    await tell(onInstanceMoved, { event: { instance_code: "x' or '1'='1", uuid: 'no uuid' } })
    expect(await world.cases()).toEqual(before)
  })

  it('that take back a granted approval are told to the playbooks, those about others are not', async () => {
    const world = await opened()
    await tell(onInstanceMoved, { event: { instance_code: world.code, uuid: '', status: 'REVERTED' } })
    await world.decide(world.code, 'approve')
    await world.pass(2 * minute)
    await world.settle()
    await tell(onInstanceMoved, { event: { instance_code: world.code, uuid: '', status: 'REVERTED' } })
    const reverted = (await world.events()).filter((event) => event.type === 'approval.reverted')
    expect(reverted).toMatchObject([{ subject: 'r1', payload: { approval: approval.id } }])
  })

  it.each([{}, { event: {} }, { event: { instance_code: 7 } }, null, 'x'])(
    'that cannot be read are parked with the path: %o',
    async (envelope) => {
      for (const handle of [onInstanceMoved, onDefinitionChanged])
        await expect(tell(handle, envelope)).rejects.toMatchObject({
          code: 'approval_event_unreadable',
          retry: 'never',
        })
    },
  )
})
