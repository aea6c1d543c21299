import { describe, expect, it } from 'vitest'
import { visibleTo } from '../../sandbox/feishu/bitable/roles.ts'
import { bases, type Row, rowsOf } from '../../sandbox/feishu/bitable/state.ts'
import { driveState } from '../../sandbox/feishu/drive/files.ts'
import { type BitableSandbox, type MadeTable, makeTable, startBitable } from './bitable-sandbox.ts'

const fields = [
  { field_name: '订单号', type: 1 },
  { field_name: '状态', type: 3, property: { options: [{ name: '待付款' }, { name: '已付款' }] } },
  { field_name: '金额', type: 2 },
]

async function prepare(): Promise<{ sandbox: BitableSandbox; made: MadeTable; roles: string }> {
  const sandbox = await startBitable({ frozen: true })
  const made = await makeTable(sandbox, fields)
  await sandbox.call('POST', `${made.path}/records/batch_create`, {
    records: [
      { fields: { 订单号: 'A1', 状态: '待付款', 金额: 10 } },
      { fields: { 订单号: 'A2', 状态: '已付款', 金额: 20 } },
    ],
  })
  await sandbox.call('PUT', `/${made.base}`, { is_advanced: true })
  return { sandbox, made, roles: `/base/v2/apps/${made.base}/roles` }
}

function sight({ sandbox, made }: { sandbox: BitableSandbox; made: MadeTable }, openId: string) {
  const base = bases(sandbox.world).find((one) => one.app_token === made.base)
  const table = base?.tables.find((one) => one.table_id === made.table)
  if (!base || !table) throw new Error('no base')
  const all = visibleTo(sandbox.world, base, openId)
  const rows = Object.values(rowsOf(sandbox.world, base, table))
  const name = (row: Row) => row.cells[made.fieldIds.订单号 ?? '']
  const seen = all?.tables.find((one) => one.table === table)
  return {
    all,
    rows: seen && rows.filter(seen.seesRow).map(name),
    editable: seen && rows.filter(seen.editsRow).map(name),
    fields: seen && Object.fromEntries(table.fields.map((field) => [field.field_name, seen.field(field)])),
    seen,
  }
}

function invite(sandbox: BitableSandbox, made: MadeTable, perm: 'view' | 'edit' | 'full_access'): void {
  driveState(sandbox.kernel).members[made.base] = [
    { member_type: 'openid', member_id: sandbox.lin.open_id, perm, type: 'user' },
  ]
}

describe('roles of a base with advanced permissions', () => {
  it('are made, listed, renamed and deleted; fields and tables may be named', async () => {
    const { sandbox, made, roles } = await prepare()
    const role = {
      role_name: '客服',
      table_roles: [
        {
          table_name: '订单',
          table_perm: 2,
          field_perm: { 订单号: 1, 状态: 3 },
          rec_rule: {
            conditions: [{ field_name: '状态', operator: 'is', value: ['待付款'] }],
            other_perm: 1,
          },
        },
      ],
    }
    const created = await sandbox.send('POST', roles, role)
    expect(created).toMatchObject({ code: 0, data: { role: { role_name: '客服' } } })
    expect(created.data.role.table_roles[0]).toMatchObject({
      table_id: made.table,
      field_perm: { 订单号: 1, 状态: 3 },
      allow_add_record: true,
      view_perm: 2,
      rec_rule: { conjunction: 'and', perm: 2, other_perm: 1, conditions: [{ field_type: 3 }] },
    })
    const id = created.data.role.role_id
    await sandbox.call('PUT', `${made.path}/fields/${made.fieldIds.订单号}`, { field_name: '单号', type: 1 })
    const listed = await sandbox.send('GET', roles)
    expect(listed.data).toMatchObject({ total: 1, has_more: false })
    expect(listed.data.items[0].table_roles[0].field_perm).toEqual({ 单号: 1, 状态: 3 })
    const renamed = await sandbox.send('PUT', `${roles}/${id}`, {
      ...role,
      role_name: '客服组',
      table_roles: [],
    })
    expect(renamed.data.role).toMatchObject({ role_name: '客服组', table_roles: [] })
    expect((await sandbox.call('DELETE', `/${made.base}/roles/${id}`)).code).toBe(0)
    expect((await sandbox.send('GET', roles)).data.total).toBe(0)
  })

  it('are refused with the documented codes and statuses', async () => {
    const { sandbox, made, roles } = await prepare()
    const role = (name: string) => ({ role_name: name, table_roles: [] })
    await sandbox.send('POST', roles, role('甲'))
    expect(await sandbox.send('POST', roles, role(''))).toMatchObject({ status: 400, code: 1254032 })
    expect(await sandbox.send('POST', roles, role('甲'))).toMatchObject({ status: 400, code: 1254033 })
    expect(await sandbox.send('PUT', `${roles}/rolNone`, role('乙'))).toMatchObject({
      status: 404,
      code: 1254047,
    })
    const bad = { role_name: '丙', table_roles: [{ table_perm: 3, table_id: made.table }] }
    expect(await sandbox.send('POST', roles, bad)).toMatchObject({ status: 400, code: 99992402 })
    await sandbox.call('PUT', `/${made.base}`, { is_advanced: false })
    expect(await sandbox.send('POST', roles, role('丁'))).toMatchObject({ status: 400, code: 1254301 })
  })

  it('number at most 30, with at most 200 members', async () => {
    const { sandbox, made, roles } = await prepare()
    for (let n = 0; n < 30; n++) {
      if (n % 10 === 9) await sandbox.kernel.clock.advance(1_000)
      const made = await sandbox.send('POST', roles, { role_name: `角色${n}`, table_roles: [] })
      expect(made.code).toBe(0)
    }
    await sandbox.kernel.clock.advance(1_000)
    expect(await sandbox.send('POST', roles, { role_name: '多', table_roles: [] })).toMatchObject({
      status: 400,
      code: 1254110,
    })
    const [first] = (await sandbox.send('GET', roles)).data.items
    const members = `/${made.base}/roles/${first.role_id}/members`
    const ids = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ type: 'open_department_id', id: `od-${from + n}` }))
    expect((await sandbox.call('POST', `${members}/batch_create`, { member_list: ids(0, 100) })).code).toBe(0)
    expect((await sandbox.call('POST', `${members}/batch_create`, { member_list: ids(100, 100) })).code).toBe(
      0,
    )
    expect(await sandbox.call('POST', `${members}/batch_create`, { member_list: ids(200, 1) })).toMatchObject(
      {
        status: 400,
        code: 1254111,
      },
    )
    expect(await sandbox.call('POST', `${members}/batch_create`, { member_list: ids(0, 101) })).toMatchObject(
      {
        status: 400,
        code: 99992402,
      },
    )
  })

  it('decide what a member sees and may do; others see no table at all', async () => {
    const world = await prepare()
    const { sandbox, made, roles } = world
    const { lin } = sandbox
    driveState(sandbox.kernel).publicSettings[made.base] = { link_share_entity: 'closed' }
    expect(sight(world, lin.open_id).all).toBeUndefined()
    invite(sandbox, made, 'edit')
    expect(sight(world, lin.open_id).all?.tables).toEqual([])
    const conditions = [{ field_name: '状态', operator: 'is', value: ['待付款'] }]
    const created = await sandbox.send('POST', roles, {
      role_name: '客服',
      table_roles: [
        {
          table_id: made.table,
          table_perm: 2,
          field_perm: { 订单号: 1, 状态: 3 },
          rec_rule: { conditions, other_perm: 1 },
          allow_delete_record: false,
        },
      ],
    })
    const members = `/${made.base}/roles/${created.data.role.role_id}/members`
    expect((await sandbox.call('POST', members, { member_id: lin.open_id })).code).toBe(0)
    const seen = sight(world, lin.open_id)
    expect(seen.rows).toEqual(['A1', 'A2'])
    expect(seen.editable).toEqual(['A1'])
    expect(seen.fields).toEqual({ 订单号: 'read', 状态: 'edit', 金额: 'none' })
    expect(seen.seen).toMatchObject({ canManage: false, canAdd: true })
    expect((await sandbox.call('GET', members)).data.items).toMatchObject([
      { member_type: 'user', open_id: lin.open_id, member_name: '林小满' },
    ])
    expect((await sandbox.call('DELETE', `${members}/${lin.open_id}`)).code).toBe(0)
    expect(sight(world, lin.open_id).all?.tables).toEqual([])
    expect(await sandbox.call('DELETE', `${members}/${lin.open_id}`)).toMatchObject({
      status: 400,
      code: 1254048,
    })
  })

  it('can hide records that a rule does not meet, and mean those the visitor made', async () => {
    const world = await prepare()
    const { sandbox, made, roles } = world
    invite(sandbox, made, 'view')
    const own = [{ field_name: '', operator: 'is', value: [] }]
    const created = await sandbox.send('POST', roles, {
      role_name: '只看自己',
      table_roles: [{ table_id: made.table, table_perm: 2, rec_rule: { conditions: own, other_perm: 0 } }],
    })
    await sandbox.call('POST', `/${made.base}/roles/${created.data.role.role_id}/members`, {
      member_id: sandbox.lin.open_id,
    })
    expect(sight(world, sandbox.lin.open_id).rows).toEqual([])
    await sandbox.control('POST', `bases/${made.base}/tables/${made.table}/records`, {
      open_id: sandbox.lin.open_id,
      fields: { 订单号: 'A3' },
    })
    expect(sight(world, sandbox.lin.open_id).rows).toEqual(['A3'])
  })

  it('do not bind who manages the base', async () => {
    const world = await prepare()
    invite(world.sandbox, world.made, 'full_access')
    expect(sight(world, world.sandbox.lin.open_id)).toMatchObject({
      rows: ['A1', 'A2'],
      editable: ['A1', 'A2'],
      all: { canManage: true },
    })
  })
})

describe('the app in a base of a person', () => {
  async function personsBase(perm: string) {
    const sandbox = await startBitable({ frozen: true })
    const made = await sandbox.control('POST', 'bases', { open_id: sandbox.lin.open_id, name: '人的表' })
    const base: string = made.body.app_token
    await sandbox.control('POST', `bases/${base}/share`, { perm })
    const table = (await sandbox.call('GET', `/${base}/tables`)).data.items[0].table_id
    return { sandbox, base, path: `/${base}/tables/${table}` }
  }

  it('finds no rows and may not write while it cannot manage a base with advanced permissions', async () => {
    const { sandbox, base, path } = await personsBase('edit')
    expect((await sandbox.call('POST', `${path}/records`, { fields: { 文本: '甲' } })).code).toBe(0)
    expect((await sandbox.call('POST', `${path}/records/search`, {})).data.total).toBe(11)
    expect(await sandbox.call('PUT', `/${base}`, { is_advanced: true })).toMatchObject({
      status: 403,
      code: 1254304,
    })
    const found = bases(sandbox.world).find((one) => one.app_token === base)
    if (found) found.is_advanced = true
    expect((await sandbox.call('POST', `${path}/records/search`, {})).data).toMatchObject({
      total: 0,
      items: [],
    })
    expect(await sandbox.call('POST', `${path}/records`, { fields: { 文本: '乙' } })).toMatchObject({
      status: 403,
      code: 1254302,
    })
    expect(await sandbox.call('POST', `${path}/fields`, { field_name: '新', type: 1 })).toMatchObject({
      status: 403,
      code: 1254302,
    })
    expect(await sandbox.send('GET', `/base/v2/apps/${base}/roles`)).toMatchObject({
      status: 403,
      code: 1254304,
    })
    await sandbox.control('POST', `bases/${base}/share`, { perm: 'full_access' })
    expect((await sandbox.call('POST', `${path}/records/search`, {})).data.total).toBe(11)
    expect((await sandbox.call('POST', `${path}/records`, { fields: { 文本: '乙' } })).code).toBe(0)
  })

  it('may read but not write a base it was only let into to read', async () => {
    const { sandbox, path } = await personsBase('view')
    expect((await sandbox.call('POST', `${path}/records/search`, {})).data.total).toBe(10)
    expect(await sandbox.call('POST', `${path}/records`, { fields: {} })).toMatchObject({
      status: 403,
      code: 91403,
    })
    expect(await sandbox.call('POST', `${path}/views`, { view_name: '新' })).toMatchObject({ code: 91403 })
  })
})

describe('a person who calls with their own token', () => {
  it('acts in their own name and with their own rights', async () => {
    const { sandbox, made } = await prepare()
    await sandbox.call('PUT', `/${made.base}`, { is_advanced: false })
    const { kernel, lin, url } = sandbox
    kernel.tokens.knowUsers((token) => (token === 'u-lin' ? { openId: lin.open_id, scopes: [] } : undefined))
    const asLin = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${url}/open-apis/bitable/v1/apps${path}`, {
        method,
        headers: { authorization: 'Bearer u-lin', 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      return { status: response.status, ...((await response.json()) as { code: number; data?: unknown }) }
    }
    driveState(kernel).publicSettings[made.base] = { link_share_entity: 'closed' }
    expect(await asLin('POST', `${made.path}/records/search`, {})).toMatchObject({ status: 403, code: 91403 })
    invite(sandbox, made, 'view')
    expect((await asLin('POST', `${made.path}/records/search`, {})).code).toBe(0)
    expect(await asLin('POST', `${made.path}/records`, { fields: {} })).toMatchObject({
      status: 403,
      code: 91403,
    })
    invite(sandbox, made, 'edit')
    expect((await asLin('POST', `${made.path}/records`, { fields: { 订单号: 'A9' } })).code).toBe(0)
    const { data } = await sandbox.call('POST', `${made.path}/records/search`, { automatic_fields: true })
    expect(data.items.at(-1)).toMatchObject({ created_by: { id: lin.open_id } })
    const own = await asLin('POST', '', { name: '林的表' })
    expect(own.code).toBe(0)
    const { app_token } = (own.data as { app: { app_token: string } }).app
    expect(await sandbox.call('GET', `/${app_token}`)).toMatchObject({ code: 91403 })
  })
})
