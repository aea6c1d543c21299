import { describe, expect, it } from 'vitest'
import { onDefinitionChanged } from '#src/approvals/inbox-handlers.ts'
import { useDatabase } from '../support/database.ts'
import { approval, type CaseWorld, createRoute, minute, startCases } from './case-world.ts'

const database = useDatabase()

/** People take the widget for the amount out of the form. */
function breakForm(world: CaseWorld): () => void {
  const kept = world.definition.form
  world.definition.form = kept.filter((one) => one.custom_id !== 'refund_amount')
  return () => {
    world.definition.form = kept
  }
}

const tellChanged = (world: CaseWorld) =>
  database.db.transaction((tx) =>
    onDefinitionChanged(
      tx,
      { event: { object: { approval_code: world.definition.approval_code } } },
      world.now(),
    ),
  )

describe('a form that does not fit the definition', () => {
  it('parks the case and names the widget; every case of it shares one alert', async () => {
    const world = await startCases(database)
    breakForm(world)
    await world.open('r1')
    await world.open('r2')
    await world.settle()
    expect(world.instances()).toEqual([])
    expect(await world.cases()).toMatchObject([{ state: 'parked' }, { state: 'parked' }])
    expect(world.alerts[0]).toMatchObject({ code: 'approval_form_mismatch', subject: approval.id })
    expect(world.alerts[0]?.text).toContain('退款金额')
    expect(new Set(world.alerts.map((alert) => alert.text)).size).toBe(1)
  })

  it('is opened as soon as an event tells that the definition was mended', async () => {
    const world = await startCases(database)
    const mend = breakForm(world)
    await world.open('r1')
    await world.settle()
    mend()
    await world.pass(minute)
    const code = await tellChanged(world)
    world.opener.definitionChanged(code)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open', error: null })
    expect(world.resolved).toContainEqual({ code: 'approval_form_mismatch', subject: approval.id })
  })

  it('is opened as well when another process got that event', async () => {
    const world = await startCases(database)
    const mend = breakForm(world)
    await world.open('r1')
    await world.settle()
    mend()
    await world.pass(minute)
    await tellChanged(world)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open' })
  })

  it('is tried again every ten minutes without any event', async () => {
    const world = await startCases(database)
    const mend = breakForm(world)
    await world.open('r1')
    await world.settle()
    await world.pass(11 * minute)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'parked' })
    mend()
    await world.pass(11 * minute)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open' })
  })

  it('asks for the definition once a round, not once a case', async () => {
    const world = await startCases(database)
    breakForm(world)
    for (let i = 0; i < 12; i++) await world.open(`r${i}`)
    await world.settle()
    expect(world.calls().filter((api) => api === 'approval.definition.get').length).toBeLessThanOrEqual(2)
  })

  it('that was wanted with the old definition still in mind is judged by the new one', async () => {
    const world = await startCases(database)
    const mend = breakForm(world)
    await world.open('r1')
    await world.settle()
    mend()
    await world.pass(minute)
    await world.open('r2')
    await world.settle()
    expect(await world.case('r2')).toMatchObject({ state: 'open' })
  })

  it('is not opened later when it was cancelled while it was parked', async () => {
    const world = await startCases(database)
    const mend = breakForm(world)
    await world.open('r1')
    await world.settle()
    await world.state((approvals) => approvals.cancel(approval, 'r1', 'withdrawn'))
    mend()
    await world.pass(11 * minute)
    await world.settle()
    expect(world.instances()).toEqual([])
    expect(await world.case('r1')).toMatchObject({ state: 'cancelled' })
  })

  it('makes way for a newer case about the same subject', async () => {
    const world = await startCases(database)
    const mend = breakForm(world)
    await world.open('r1')
    await world.settle()
    mend()
    await world.pass(minute)
    await world.open('r1', { refundAmount: 100 })
    await world.settle()
    await world.pass(11 * minute)
    await world.settle()
    expect(world.instances()).toHaveLength(1)
    expect((await world.cases()).map((one) => one.state)).toEqual(['cancelled', 'open'])
  })
})

describe('a create call that is refused', () => {
  it('because the form changed since we read it: read again and opened', async () => {
    const world = await startCases(database)
    await world.open('r0')
    await world.settle()
    await world.pass(minute)
    world.fault({ kind: 'code', code: 60006, route: createRoute, times: 1 })
    await world.open('r1')
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open' })
    expect(world.alerts).toEqual([])
  })

  it('again with the definition fresh: parked with the reason, and tried again later', async () => {
    const world = await startCases(database)
    world.fault({ kind: 'code', code: 60006, route: createRoute, times: 2 })
    await world.open('r1')
    await world.settle()
    expect(await world.case('r1')).toMatchObject({
      state: 'parked',
      error: { code: 'feishu_60006' },
      body: null,
    })
    expect(world.alerts).toMatchObject([{ code: 'feishu_60006' }])
    await world.pass(11 * minute)
    world.clearFaults()
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open' })
    expect(world.resolved).toContainEqual({ code: 'feishu_60006', subject: approval.id })
  })

  it('because the definition is switched off: the operators are told, and it goes on once it is on', async () => {
    const world = await startCases(database)
    world.definition.status = 'INACTIVE'
    await world.open('r1')
    await world.settle()
    expect(world.alerts).toMatchObject([{ code: 'feishu_1390015', subject: approval.id }])
    expect(await world.case('r1')).toMatchObject({ state: 'wanted' })
    world.definition.status = 'ACTIVE'
    await world.pass(6 * minute)
    await world.settle()
    expect(await world.case('r1')).toMatchObject({ state: 'open' })
    expect(world.resolved).toContainEqual({ code: 'feishu_1390015', subject: approval.id })
  })

  it('without an approval_code: parked, and the setting is named', async () => {
    const world = await startCases(database, { codes: new Map() })
    await world.open('r1')
    await world.settle()
    expect(await world.case('r1')).toMatchObject({
      state: 'parked',
      error: { code: 'approval_not_configured' },
    })
    expect(world.alerts[0]?.text).toContain('approval_code')
    expect(world.calls()).toEqual([])
  })

  it('with an approval_code that does not exist: the operators are told', async () => {
    const world = await startCases(database, { codes: new Map([[approval.id, 'NO-SUCH-CODE']]) })
    await world.open('r1')
    await world.settle()
    expect(world.alerts).toMatchObject([{ code: 'feishu_1390002' }])
    expect(await world.case('r1')).toMatchObject({ state: 'wanted' })
  })
})
