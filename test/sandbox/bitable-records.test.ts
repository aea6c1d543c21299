import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createBaseAs, showAllTables } from '../../sandbox/feishu/bitable/by-hand.ts'
import { addUser } from '../../sandbox/feishu/contact/index.ts'
import { makeTable, startBitable } from './bitable-sandbox.ts'

const fields = [
  { field_name: '订单号', type: 1 },
  { field_name: '金额', type: 2 },
  { field_name: '改于', type: 1002 },
]

function orders(count: number, from = 0) {
  return Array.from({ length: count }, (_, i) => ({ fields: { 订单号: `D${from + i}`, 金额: from + i } }))
}

describe('batches', () => {
  it('answer created records in the order they were sent and read back by id', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, fields)
    const made = await sandbox.call('POST', `${path}/records/batch_create`, { records: orders(3) })
    expect(made.data.records.map((r: { fields: object }) => r.fields)).toEqual(orders(3).map((o) => o.fields))
    const ids: string[] = made.data.records.map((r: { record_id: string }) => r.record_id)
    const got = await sandbox.call('POST', `${path}/records/batch_get`, {
      record_ids: [ids[1], 'recGone', ids[1]],
      automatic_fields: true,
    })
    expect(got.data).toMatchObject({ absent_record_ids: ['recGone'], forbidden_record_ids: [] })
    expect(got.data.records).toMatchObject([
      { record_id: ids[1], created_by: { id: sandbox.kernel.identity().botOpenId } },
    ])
  })

  it('stop at 1000 written, 500 deleted and 100 fetched', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, fields)
    expect(
      await sandbox.call('POST', `${path}/records/batch_create`, { records: orders(1001) }),
    ).toMatchObject({
      status: 200,
      code: 1254104,
      msg: 'RecordAddOnceExceedLimit',
    })
    const made = await sandbox.call('POST', `${path}/records/batch_create`, { records: orders(1000) })
    const ids: string[] = made.data.records.map((r: { record_id: string }) => r.record_id)
    expect(await sandbox.call('POST', `${path}/records/batch_delete`, { records: ids })).toMatchObject({
      code: 1254104,
    })
    expect(
      await sandbox.call('POST', `${path}/records/batch_delete`, { records: ids.slice(0, 500) }),
    ).toMatchObject({ code: 0 })
    expect((await sandbox.call('POST', `${path}/records/search`, {})).data.total).toBe(500)
    expect(
      await sandbox.call('POST', `${path}/records/batch_get`, { record_ids: ids.slice(0, 101) }),
    ).toMatchObject({ status: 400, code: 99992402 })
  })

  it('change all rows or none', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, fields)
    const made = await sandbox.call('POST', `${path}/records/batch_create`, { records: orders(2) })
    const [first, second]: { record_id: string }[] = made.data.records
    const update = (record_id: string | undefined, 金额: unknown) => ({ record_id, fields: { 金额 } })
    const failed = await sandbox.call('POST', `${path}/records/batch_update`, {
      records: [update(first?.record_id, 100), update('recGone', 1)],
    })
    expect(failed).toMatchObject({ status: 200, code: 1254043 })
    await sandbox.call('POST', `${path}/records/batch_update`, { records: [update(second?.record_id, 200)] })
    await sandbox.call('POST', `${path}/records/batch_delete`, { records: [first?.record_id, 'recGone'] })
    const { data } = await sandbox.call('POST', `${path}/records/search`, { field_names: ['金额'] })
    expect(data.items.map((r: { fields: { 金额: number } }) => r.fields.金额)).toEqual([0, 200])
  })

  it('respect the row cap of the table', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, fields)
    sandbox.kernel.settings.rowCap = 3
    expect(await sandbox.call('POST', `${path}/records/batch_create`, { records: orders(4) })).toMatchObject({
      code: 1254103,
    })
    expect(await sandbox.call('POST', `${path}/records/batch_create`, { records: orders(3) })).toMatchObject({
      code: 0,
    })
    expect(await sandbox.call('POST', `${path}/records`, { fields: {} })).toMatchObject({
      status: 200,
      code: 1254103,
    })
  })

  it('only count a row as modified when a value really changed', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, fields)
    const made = await sandbox.call('POST', `${path}/records`, { fields: { 订单号: 'A', 金额: 1 } })
    const id: string = made.data.record.record_id
    const modified = async () =>
      (await sandbox.call('POST', `${path}/records/search`, {})).data.items[0].fields.改于
    const before = await modified()
    await sandbox.kernel.clock.advance(60_000)
    await sandbox.call('PUT', `${path}/records/${id}`, { fields: { 金额: 1 } })
    expect(await modified()).toBe(before)
    await sandbox.call('PUT', `${path}/records/${id}`, { fields: { 金额: 2 } })
    expect(await modified()).toBeGreaterThan(before)
  })
})

describe('writes that meet', () => {
  it('let one write per base through and answer 1254291 to the others', async () => {
    const sandbox = await startBitable()
    const one = await makeTable(sandbox, fields)
    sandbox.kernel.settings.latencyMs = 600
    const answers = await Promise.all(
      [1, 2, 3].map((n) => sandbox.call('POST', `${one.path}/records`, { fields: { 订单号: `P${n}` } })),
    )
    expect(answers.map((a) => a.code).sort()).toEqual([0, 1254291, 1254291])
    expect(answers.every((a) => a.status === 200)).toBe(true)
    sandbox.kernel.settings.latencyMs = 0
    expect((await sandbox.call('POST', `${one.path}/records/search`, {})).data.total).toBe(1)
    const other = await makeTable(sandbox, fields)
    const apart = await Promise.all(
      [one, other].map(({ path }) => sandbox.call('POST', `${path}/records`, { fields: { 订单号: 'Q' } })),
    )
    expect(apart.map((a) => a.code)).toEqual([0, 0])
  })

  it('never apply a client_token twice', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, fields)
    const create = (token: string) =>
      sandbox.call('POST', `${path}/records/batch_create?client_token=${token}`, { records: orders(2) })
    expect(await create('not-a-uuid')).toMatchObject({ status: 400, code: 1254037 })
    expect(await create('6fa459ea-ee8a-3ca4-894e-db77e160355e')).toMatchObject({ status: 400, code: 1254037 })
    const token = randomUUID()
    sandbox.kernel.settings.latencyMs = 600
    const together = await Promise.all([create(token), create(token)])
    expect(together.map((a) => [a.status, a.code]).sort()).toEqual([
      [200, 0],
      [400, 1255006],
    ])
    sandbox.kernel.settings.latencyMs = 0
    const again = await create(token)
    expect(again).toMatchObject({ status: 403, code: 1254608 })
    expect(again.data).toBeUndefined()
    expect((await sandbox.call('POST', `${path}/records/search`, {})).data.total).toBe(2)
  })

  it('leave a client_token free when the write was refused', async () => {
    const sandbox = await startBitable()
    const { path } = await makeTable(sandbox, fields)
    const url = `${path}/records?client_token=${randomUUID()}`
    expect(await sandbox.call('POST', url, { fields: { 金额: 'x' } })).toMatchObject({ code: 1254061 })
    expect(await sandbox.call('POST', url, { fields: { 金额: 1 } })).toMatchObject({ code: 0 })
  })

  it('stop at the documented number of calls', async () => {
    const sandbox = await startBitable()
    const create = () => sandbox.send('POST', '/bitable/v1/apps', { name: '多' })
    for (let made = 0; made < 20; made++) expect((await create()).status).toBe(200)
    expect(await create()).toMatchObject({ status: 429, code: 99991400 })
    await sandbox.kernel.clock.advance(60_000)
    expect((await create()).status).toBe(200)
  })
})

describe('a saved world', () => {
  it('opens again with its rows, options and used client_tokens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bitable-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const before = await startBitable({ statePath: folder })
    const { path } = await makeTable(before, [...fields, { field_name: '状态', type: 3 }])
    const token = randomUUID()
    await before.call('POST', `${path}/records?client_token=${token}`, {
      fields: { 订单号: 'A', 状态: '已付' },
    })
    before.kernel.save()
    const after = await startBitable({ statePath: folder })
    const { data } = await after.call('POST', `${path}/records/search`, {})
    expect(data.items[0].fields).toMatchObject({ 订单号: [{ type: 'text', text: 'A' }], 状态: '已付' })
    const again = await after.call('POST', `${path}/records?client_token=${token}`, {
      fields: { 订单号: 'A' },
    })
    expect(again.code).toBe(1254608)
  })

  it('starts empty after a reset, although a world of the same seed gives out the same ids', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bitable-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const before = await startBitable({ statePath: folder, seed: 7 })
    const old = await makeTable(before, fields)
    await before.call('POST', `${old.path}/records/batch_create`, { records: orders(5) })
    before.kernel.save()
    const after = await startBitable({ statePath: folder, seed: 7 })
    await after.kernel.reset(7)
    expect(await after.send('GET', `/bitable/v1/apps/${old.base}`)).not.toMatchObject({ code: 0 })
    expect(after.kernel.readEffects().rows).toEqual([])
    const next = createBaseAs(after.world, addUser(after.kernel, { name: '陈可' }).open_id, '新')
    expect(showAllTables(after.world)).toMatchObject([
      { app_token: next.app_token, count: next.tables[0]?.row_count },
    ])
  })
})
