import { expect } from 'vitest'
import { listDepartments } from '../../../sandbox/feishu/contact/departments.ts'
import type { ConformanceArea, ConformanceWorld } from '../case.ts'
import { api, asUser, person, refuses, userToken, works } from './platform-world.ts'

const users = '/open-apis/contact/v3/users'
const departments = '/open-apis/contact/v3/departments'

function ops(world: ConformanceWorld): string {
  return listDepartments(world.sandbox.kernel)[0]?.open_department_id ?? ''
}

/** Runs with the app's range cut down to nobody, and gives everything back. */
async function withoutRange<T>(world: ConformanceWorld, run: () => Promise<T>): Promise<T> {
  await world.control('app', { contacts: { users: [], departments: [] } })
  try {
    return await run()
  } finally {
    await world.control('app', { contacts: 'all' })
  }
}

/** contact/v3. */
export const contactCases: ConformanceArea = {
  area: 'contact',
  cases: [
    works(
      `POST ${users}/batch_get_id`,
      'ids by mobile and e-mail; unknown ones come back without an id',
      (sdk) =>
        sdk.contact.v3.user.batchGetId({
          params: { user_id_type: 'open_id' },
          data: { mobiles: ['13800000001', '13999999999'] },
        }),
      ({ user_list }, world) => {
        expect(user_list[0].user_id).toBe(person(world).open_id)
        expect(user_list[1]).toEqual({ mobile: '13999999999' })
      },
    ),
    refuses(`POST ${users}/batch_get_id`, { code: 40001, kind: 'limit' }, 'at most 50 mobiles', (world) =>
      api(world, 'POST', '/contact/v3/users/batch_get_id', {
        body: { mobiles: Array.from({ length: 51 }, (_, n) => String(n)) },
      }),
    ),
    works(
      `GET ${users}/:user_id`,
      'one person with department and status',
      (sdk, world) => sdk.contact.v3.user.get({ path: { user_id: person(world).open_id } }),
      ({ user }, world) =>
        expect(user).toMatchObject({
          name: '林小夏',
          department_ids: [ops(world)],
          status: { is_activated: true },
        }),
    ),
    refuses(`GET ${users}/:user_id`, { code: 99992351 }, 'an open_id nobody has', (world) =>
      api(world, 'GET', '/contact/v3/users/ou_nobody'),
    ),
    refuses(`GET ${users}/:user_id`, { code: 41050 }, 'a person outside of the app’s range', (world) =>
      withoutRange(world, () => api(world, 'GET', `/contact/v3/users/${person(world).open_id}`)),
    ),
    refuses(
      `GET ${users}/:user_id`,
      { code: 99991672 },
      'an app without any of the scopes',
      async (world) => {
        const tenant = [
          'contact:contact.base:readonly',
          'contact:contact:access_as_app',
          'contact:contact:readonly',
          'contact:contact:readonly_as_app',
        ]
        await world.control('app', { removeScopes: { tenant } })
        const answer = await api(world, 'GET', `/contact/v3/users/${person(world).open_id}`)
        await world.control('app', { grantScopes: { tenant } })
        expect(answer.json.error?.permission_violations).toContainEqual({
          type: 'action_scope_required',
          subject: 'contact:contact.base:readonly',
        })
        return answer
      },
    ),
    works(
      `GET ${users}/batch`,
      'several people at once',
      (sdk, world) =>
        sdk.contact.v3.user.batch({
          params: { user_ids: [person(world).open_id, person(world, '王岚').open_id] },
        }),
      ({ items }) => expect(items).toHaveLength(2),
    ),
    refuses(`GET ${users}/batch`, { code: 40001, kind: 'limit' }, 'more than 50 ids', (world) =>
      api(world, 'GET', `/contact/v3/users/batch?${'user_ids=a&'.repeat(51)}`),
    ),
    works(
      `POST ${users}/basic_batch`,
      'names of several people',
      (sdk, world) =>
        sdk.request({
          method: 'POST',
          url: `${users}/basic_batch`,
          data: { user_ids: [person(world).open_id] },
        }),
      ({ users: found }) => expect(found[0].name).toBe('林小夏'),
    ),
    refuses(`POST ${users}/basic_batch`, { code: 40001, kind: 'limit' }, 'more than 10 ids', (world) =>
      api(world, 'POST', '/contact/v3/users/basic_batch', { body: { user_ids: Array(11).fill('ou_x') } }),
    ),
    works(
      `GET ${users}/find_by_department`,
      'the people right inside a department',
      (sdk, world) =>
        sdk.contact.v3.user.findByDepartment({ params: { department_id: ops(world), page_size: 2 } }),
      (data) => expect(data).toMatchObject({ has_more: true, items: [{}, {}] }),
    ),
    refuses(`GET ${users}/find_by_department`, { code: 40015 }, 'a department that does not exist', (world) =>
      api(world, 'GET', '/contact/v3/users/find_by_department?department_id=od-none'),
    ),
    refuses(
      `GET ${users}/find_by_department`,
      { code: 40004, status: 403 },
      'a department out of range',
      (world) =>
        withoutRange(world, () =>
          api(world, 'GET', `/contact/v3/users/find_by_department?department_id=${ops(world)}`),
        ),
    ),
    refuses(
      `GET ${users}/find_by_department`,
      { code: 40011, kind: 'limit' },
      'a page of more than 50',
      (world) =>
        api(world, 'GET', `/contact/v3/users/find_by_department?department_id=${ops(world)}&page_size=51`),
    ),
    refuses(`GET ${users}/find_by_department`, { code: 40012 }, 'a page token of its own making', (world) =>
      api(world, 'GET', `/contact/v3/users/find_by_department?department_id=${ops(world)}&page_token=zz`),
    ),
    works(
      'GET /open-apis/contact/v3/scopes',
      'the range: the whole company',
      (sdk) => sdk.contact.v3.scope.list({ params: {} }),
      (data) => expect(data.department_ids).toEqual(['0']),
    ),
    refuses(
      'GET /open-apis/contact/v3/scopes',
      { code: 40011, kind: 'limit' },
      'a page of more than 100',
      (world) => api(world, 'GET', '/contact/v3/scopes?page_size=101'),
    ),
    works(
      `GET ${departments}/:department_id`,
      'a department with its leader and head count',
      (sdk, world) => sdk.contact.v3.department.get({ path: { department_id: ops(world) } }),
      ({ department }) => expect(department).toMatchObject({ name: '运营部', member_count: 4 }),
    ),
    refuses(
      `GET ${departments}/:department_id`,
      { code: 40015 },
      'a department that does not exist',
      (world) => api(world, 'GET', '/contact/v3/departments/od-none'),
    ),
    works(
      `GET ${departments}/:department_id/children`,
      'all departments below the company',
      (sdk) =>
        sdk.contact.v3.department.children({ path: { department_id: '0' }, params: { fetch_child: true } }),
      ({ items }) => expect(items.map(({ name }: { name: string }) => name)).toContain('客服组'),
    ),
    refuses(
      `GET ${departments}/:department_id/children`,
      { code: 40014, status: 403 },
      'a parent out of range',
      (world) => withoutRange(world, () => api(world, 'GET', '/contact/v3/departments/0/children')),
    ),
    works(
      `GET ${departments}/batch`,
      'several departments; ids that mean nothing are left out',
      (sdk, world) =>
        sdk.contact.v3.department.batch({ params: { department_ids: [ops(world), 'od-none'] } }),
      ({ items }) => expect(items).toHaveLength(1),
    ),
    refuses(`GET ${departments}/batch`, { code: 40001, kind: 'limit' }, 'more than 50 ids', (world) =>
      api(world, 'GET', `/contact/v3/departments/batch?${'department_ids=a&'.repeat(51)}`),
    ),
    works(
      `GET ${departments}/parent`,
      'the way up to the company',
      (sdk, world) => sdk.contact.v3.department.parent({ params: { department_id: ops(world) } }),
      ({ items }) => expect(items.map(({ name }: { name: string }) => name)).toEqual(['汇流旅行']),
    ),
    refuses(`GET ${departments}/parent`, { code: 40002 }, 'the company itself has no parent', (world) =>
      api(world, 'GET', '/contact/v3/departments/parent?department_id=0'),
    ),
    works(
      `POST ${departments}/search`,
      'by name, as a person',
      (sdk, world) => sdk.contact.v3.department.search({ data: { query: '财务' } }, asUser(userToken(world))),
      ({ items }) => expect(items).toHaveLength(1),
    ),
    refuses(`POST ${departments}/search`, { code: 99991663 }, 'the app’s own token', (world) =>
      api(world, 'POST', '/contact/v3/departments/search', { body: { query: '财务' } }),
    ),
    refuses(`POST ${departments}/search`, { code: 99991679 }, 'a person who did not allow it', (world) =>
      api(world, 'POST', '/contact/v3/departments/search', {
        body: { query: '财务' },
        token: userToken(world, '林小夏', ['task:task:read']),
      }),
    ),
    refuses(`POST ${departments}/search`, { code: 48001 }, 'nothing to look for', (world) =>
      api(world, 'POST', '/contact/v3/departments/search', { body: { query: '' }, token: userToken(world) }),
    ),
  ],
}
