import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../case.ts'
import { apps, data, done, newBase, type Place, refused, rested, works } from './bitable-place.ts'

const base = `${apps}/:app_token`
const roles = '/open-apis/base/v2/apps/:app_token/roles'
const oldRoles = `${base}/roles`
const members = `${oldRoles}/:role_id/members`
const groups = `${base}/tables/:table_id/field_groups`

const somebody = (world: ConformanceWorld): string =>
  world.sandbox.kernel.state<{ people: { open_id: string }[] }>('contact', () => ({ people: [] })).people[0]
    ?.open_id ?? ''
const group = (name: string, id: string) => ({ name, children: [{ type: 'field', id }] })
const withGroups = (...field_groups: unknown[]) => ({ field_groups })

async function role(world: ConformanceWorld, known: Place, name: string): Promise<string> {
  const path = `/open-apis/base/v2/apps/${known.app_token}/roles`
  return (await done(world, 'POST', path, { role_name: name, table_roles: [] })).role.role_id
}

const roleCases: ConformanceCase[] = [
  works(`POST ${roles}`, 'makes a role', async (world, known) => {
    const table_roles = [{ table_id: known.table_id, table_perm: 2, field_perm: { 单号: 1 } }]
    const path = { app_token: known.app_token }
    const made = data(
      await world.sdk.base.v2.appRole.create({ path, data: { role_name: '新角色', table_roles } }),
    )
    expect(made.role).toMatchObject({ role_id: expect.stringMatching(/^rol/), table_roles })
  }),
  works(`GET ${roles}`, 'lists roles', async ({ sdk }, { app_token }) => {
    const got = data(await sdk.base.v2.appRole.list({ path: { app_token } }))
    expect(got.items[0]).toMatchObject({ role_name: '客服' })
  }),
  works(`PUT ${roles}/:role_id`, 'changes a role', async (world, known) => {
    const role_id = await role(world, known, '改前')
    const path = { app_token: known.app_token, role_id }
    const changed = await world.sdk.base.v2.appRole.update({
      path,
      data: { role_name: '改后', table_roles: [] },
    })
    expect(data(changed).role).toMatchObject({ role_name: '改后' })
  }),
  works(`POST ${oldRoles}`, 'makes a role at the older address', async ({ sdk }, { app_token }) => {
    const sent = { role_name: '旧式', table_roles: [] }
    expect(data(await sdk.bitable.v1.appRole.create({ path: { app_token }, data: sent })).role).toMatchObject(
      sent,
    )
  }),
  works(`GET ${oldRoles}`, 'lists roles at the older address', async ({ sdk }, { app_token }) => {
    expect(data(await sdk.bitable.v1.appRole.list({ path: { app_token } })).total).toBeGreaterThan(0)
  }),
  works(`PUT ${oldRoles}/:role_id`, 'changes a role at the older address', async (world, known) => {
    const role_id = await role(world, known, '旧改前')
    const path = { app_token: known.app_token, role_id }
    const sent = { role_name: '旧改后', table_roles: [] }
    expect(data(await world.sdk.bitable.v1.appRole.update({ path, data: sent })).role).toMatchObject(sent)
  }),
  works(`DELETE ${oldRoles}/:role_id`, 'removes a role', async (world, known) => {
    const role_id = await role(world, known, '多余')
    const path = { app_token: known.app_token, role_id }
    expect(await world.sdk.bitable.v1.appRole.delete({ path })).toMatchObject({ code: 0 })
  }),
  refused({
    endpoint: `POST ${roles}`,
    code: 1254032,
    status: 400,
    why: 'for an empty name',
    body: { role_name: '', table_roles: [] },
  }),
  refused({
    endpoint: `POST ${roles}`,
    code: 1254033,
    status: 400,
    why: 'for a name that is taken',
    body: { role_name: '客服', table_roles: [] },
  }),
  refused({
    endpoint: `PUT ${roles}/:role_id`,
    code: 1254047,
    status: 404,
    why: 'for a role nobody has',
    ids: { role_id: 'rolNone' },
    body: { role_name: 'x', table_roles: [] },
  }),
  refused({
    endpoint: `POST ${roles}`,
    code: 99992402,
    status: 400,
    why: 'for a table_perm nobody knows',
    body: { role_name: 'x', table_roles: [{ table_perm: 3 }] },
  }),
  works(
    `GET ${roles}`,
    'answers 1254301 with HTTP 400 while advanced permissions are off',
    async (world) => {
      const app_token = await newBase(world, '普通')
      await rested(world)
      const answer = await world.call('GET', `/open-apis/base/v2/apps/${app_token}/roles`)
      expect(answer).toMatchObject({ status: 400, json: { code: 1254301 } })
    },
    'error',
  ),
  works(
    `POST ${roles}`,
    'answers 1254110 above 30 roles',
    async (world) => {
      const app_token = await newBase(world, '很多角色')
      await done(world, 'PUT', `${apps}/${app_token}`, { is_advanced: true })
      const path = `/open-apis/base/v2/apps/${app_token}/roles`
      for (let n = 0; n < 30; n += 1)
        await done(world, 'POST', path, { role_name: `角色${n}`, table_roles: [] })
      await rested(world)
      expect(await world.call('POST', path, { body: { role_name: '多', table_roles: [] } })).toMatchObject({
        status: 400,
        json: { code: 1254110 },
      })
    },
    'limit',
  ),
]

const memberCases: ConformanceCase[] = [
  works(`POST ${members}`, 'adds a member, who is then listed and removed', async (world, known) => {
    const path = { app_token: known.app_token, role_id: known.role_id }
    const member_id = somebody(world)
    data(await world.sdk.bitable.v1.appRoleMember.create({ path, data: { member_id } }))
    const got = data(await world.sdk.bitable.v1.appRoleMember.list({ path }))
    expect(got.items).toMatchObject([{ member_type: 'user', open_id: member_id }])
    data(await world.sdk.bitable.v1.appRoleMember.delete({ path: { ...path, member_id } }))
  }),
  works(`GET ${members}`, 'lists nobody at first', async (world, known) => {
    const role_id = await role(world, known, '空角色')
    const path = { app_token: known.app_token, role_id }
    expect(data(await world.sdk.bitable.v1.appRoleMember.list({ path }))).toMatchObject({
      items: [],
      total: 0,
    })
  }),
  works(
    `DELETE ${members}/:member_id`,
    'answers 1254048 for somebody who is no member',
    async (world, known) => {
      const path = `${apps}/${known.app_token}/roles/${known.role_id}/members/${somebody(world)}`
      expect(await world.call('DELETE', path)).toMatchObject({ status: 400, json: { code: 1254048 } })
    },
    'error',
  ),
  works(`DELETE ${members}/:member_id`, 'removes a member', async (world, known) => {
    const path = `${apps}/${known.app_token}/roles/${known.role_id}/members`
    await done(world, 'POST', path, { member_id: somebody(world) })
    await done(world, 'DELETE', `${path}/${somebody(world)}`)
  }),
  works(`POST ${members}/batch_create`, 'adds people, groups and departments', async (world, known) => {
    const path = { app_token: known.app_token, role_id: known.role_id }
    const member_list = [
      { type: 'open_id' as const, id: somebody(world) },
      { type: 'open_department_id' as const, id: 'od-1' },
    ]
    data(await world.sdk.bitable.v1.appRoleMember.batchCreate({ path, data: { member_list } }))
    expect(data(await world.sdk.bitable.v1.appRoleMember.list({ path })).total).toBe(2)
  }),
  works(`POST ${members}/batch_delete`, 'removes members', async ({ sdk }, known) => {
    const path = { app_token: known.app_token, role_id: known.role_id }
    const member_list = [{ type: 'open_department_id' as const, id: 'od-1' }]
    data(await sdk.bitable.v1.appRoleMember.batchDelete({ path, data: { member_list } }))
  }),
  refused({
    endpoint: `POST ${members}`,
    code: 1254048,
    status: 400,
    why: 'for somebody nobody knows',
    body: { member_id: 'ou_nobody' },
  }),
  refused({
    kind: 'limit',
    endpoint: `POST ${members}/batch_create`,
    code: 99992402,
    status: 400,
    why: 'above 100 members',
    body: { member_list: Array.from({ length: 101 }, () => ({ id: 'ou_x' })) },
  }),
]

const blockCases: ConformanceCase[] = [
  works(`GET ${base}/dashboards`, 'lists dashboards', async (world, { app_token }) => {
    await world.control(`bases/${app_token}/dashboards`, { name: '看板一' })
    const got = data(await world.sdk.bitable.v1.appDashboard.list({ path: { app_token } }))
    expect(got.dashboards).toMatchObject([{ block_id: expect.stringMatching(/^blk/), name: '看板一' }])
  }),
  works(`POST ${base}/dashboards/:block_id/copy`, 'copies a dashboard', async ({ sdk }, { app_token }) => {
    const [first] = data(await sdk.bitable.v1.appDashboard.list({ path: { app_token } })).dashboards
    const path = { app_token, block_id: first.block_id }
    expect(data(await sdk.bitable.v1.appDashboard.copy({ path, data: { name: '看板二' } }))).toMatchObject({
      name: '看板二',
    })
  }),
  refused({
    endpoint: `POST ${base}/dashboards/:block_id/copy`,
    code: 1254050,
    status: 404,
    why: 'for a dashboard nobody has',
    body: { name: '新' },
  }),
  works(
    `POST ${base}/dashboards/:block_id/copy`,
    'answers 1254038 and 1254039 for names that cannot be',
    async (world, { app_token }) => {
      const [first] = (await done(world, 'GET', `${apps}/${app_token}/dashboards`)).dashboards
      const path = `${apps}/${app_token}/dashboards/${first.block_id}/copy`
      await rested(world)
      expect(await world.call('POST', path, { body: { name: '[x]' } })).toMatchObject({
        status: 400,
        json: { code: 1254038 },
      })
      expect(await world.call('POST', path, { body: { name: first.name } })).toMatchObject({
        status: 400,
        json: { code: 1254039 },
      })
    },
    'error',
  ),
  works(`GET ${base}/workflows`, 'lists automations', async (world, { app_token }) => {
    await world.control(`bases/${app_token}/workflows`, { name: '流程' })
    const got = data(await world.sdk.bitable.v1.appWorkflow.list({ path: { app_token } }))
    expect(got.workflows).toMatchObject([{ title: '流程', status: 'Disable' }])
  }),
  works(
    `GET ${base}/block_workflows`,
    'lists automations of the newer kind',
    async (world, { app_token }) => {
      expect((await done(world, 'GET', `${apps}/${app_token}/block_workflows`)).workflows).toHaveLength(1)
    },
  ),
  works(`PUT ${base}/workflows/:workflow_id`, 'switches an automation', async ({ sdk }, { app_token }) => {
    const list = async () => data(await sdk.bitable.v1.appWorkflow.list({ path: { app_token } })).workflows
    const [{ workflow_id }] = await list()
    data(
      await sdk.bitable.v1.appWorkflow.update({
        path: { app_token, workflow_id },
        data: { status: 'Enable' },
      }),
    )
    expect(await list()).toMatchObject([{ status: 'Enable' }])
  }),
  refused({
    endpoint: `PUT ${base}/workflows/:workflow_id`,
    code: 1254001,
    status: 200,
    why: 'for a status nobody knows',
    body: { status: 'Moon' },
  }),
  works(`POST ${groups}`, 'groups fields', async (world, known) => {
    const path = `${apps}/${known.app_token}/tables/${known.table_id}/field_groups`
    const made = await done(world, 'POST', path, withGroups(group('钱', known.fields.金额 ?? '')))
    expect(JSON.parse(made.field_groups)).toMatchObject([{ id: expect.any(String), name: '钱' }])
    await rested(world)
    const again = await world.call('POST', path, { body: withGroups(group('钱二', known.fields.金额 ?? '')) })
    expect(again).toMatchObject({ status: 400, json: { code: 1254122 } })
  }),
  refused({
    endpoint: `POST ${groups}`,
    code: 1254114,
    status: 400,
    why: 'for an empty name',
    body: withGroups(group('', 'fldNone')),
  }),
  refused({
    endpoint: `POST ${groups}`,
    code: 1254115,
    status: 400,
    why: 'for a name with brackets',
    body: withGroups(group('[x]', 'fldNone')),
  }),
  refused({
    endpoint: `POST ${groups}`,
    code: 1254116,
    status: 400,
    why: 'for a description above 2,000 characters',
    body: withGroups({ ...group('长', 'fldNone'), description: 'x'.repeat(2_001) }),
  }),
  refused({
    endpoint: `POST ${groups}`,
    code: 1254118,
    status: 400,
    why: 'for a group without fields',
    body: withGroups({ name: '空', children: [] }),
  }),
  refused({
    endpoint: `POST ${groups}`,
    code: 1254120,
    status: 400,
    why: 'without groups',
    body: withGroups(),
  }),
  refused({
    endpoint: `POST ${groups}`,
    code: 1254123,
    status: 400,
    why: 'for a child that is no field',
    body: withGroups({ name: '怪', children: [{ type: 'moon', id: 'x' }] }),
  }),
  refused({
    kind: 'limit',
    endpoint: `POST ${groups}`,
    code: 1254121,
    status: 400,
    why: 'above 300 groups',
    body: withGroups(...Array.from({ length: 301 }, () => group('x', 'fldNone'))),
  }),
  refused({
    kind: 'limit',
    endpoint: `POST ${groups}`,
    code: 1254119,
    status: 400,
    why: 'above 300 fields in a group',
    body: withGroups({
      name: '多',
      children: Array.from({ length: 301 }, (_, n) => ({ type: 'field', id: `fld${n}` })),
    }),
  }),
]

export const roleAndBlockCases: ConformanceCase[] = [...roleCases, ...memberCases, ...blockCases]
