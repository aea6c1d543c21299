import { expect } from 'vitest'
import { appSettings } from '../../../../sandbox/feishu/application/app-state.ts'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import {
  api,
  dissolved,
  foreignGroup,
  group,
  happy,
  ok,
  people,
  refused,
  sdkNow,
  withoutBot,
} from './im-world.ts'

const root = '/open-apis/im/v1/chats'
const one = `${root}/:chat_id`

function create(world: ConformanceWorld, body: unknown, query: Record<string, string> = {}) {
  return api(world, 'POST', '/im/v1/chats', { query, body })
}

function members(world: ConformanceWorld, method: string, chatId: string, ids: string[], query = {}) {
  return api(world, method, `/im/v1/chats/${chatId}/members`, { query, body: { id_list: ids } })
}

const making: readonly ConformanceCase[] = [
  happy(
    `POST ${root}`,
    'makes a group through the SDK; the bot owns it when nobody is named',
    async (world) => {
      const { lin } = people(world)
      const { data } = await (await sdkNow(world)).im.v1.chat.create({
        params: { user_id_type: 'open_id' },
        data: { name: '新群', user_id_list: [lin] },
      })
      expect(data).toMatchObject({ name: '新群', chat_type: 'private', external: false })
      expect(data).not.toHaveProperty('owner_id')
    },
  ),
  happy(`POST ${root}`, 'makes the bot a manager when asked', async (world) => {
    const { lin } = people(world)
    const { json } = await create(world, { name: '群', owner_id: lin }, { set_bot_manager: 'true' })
    const full = await ok(world, 'GET', `/im/v1/chats/${json.data?.chat_id}`)
    expect(full).toMatchObject({
      owner_id: lin,
      bot_manager_id_list: [world.sandbox.kernel.identity().appId],
    })
  }),
  happy(`POST ${root}`, 'the same uuid within ten hours makes one group', async (world) => {
    const make = () => create(world, { name: '一次' }, { uuid: 'group-once' })
    const first = (await make()).json.data?.chat_id
    expect((await make()).json.data?.chat_id).toBe(first)
    await world.advance(10 * 3_600_000)
    expect((await make()).json.data?.chat_id).not.toBe(first)
  }),
  refused(`POST ${root}`, 232043, 'a member does not exist', (world) =>
    create(world, { name: '群', user_id_list: ['ou_nobody'] }),
  ),
  refused(`POST ${root}`, 232021, 'a bot does not exist', (world) =>
    create(world, { name: '群', bot_id_list: ['cli_nobody'] }),
  ),
  refused(`POST ${root}`, 232020, 'a public group with a short name', (world) =>
    create(world, { name: '群', chat_type: 'public' }),
  ),
  refused(`POST ${root}`, 232042, 'a public group without a name', (world) =>
    create(world, { chat_type: 'public' }),
  ),
  refused(
    `POST ${root}`,
    232001,
    'more than 50 members',
    (world) => create(world, { name: '群', user_id_list: Array(51).fill(people(world).lin) }),
    'limit',
  ),
  happy(`GET ${root}`, 'lists the bot’s groups, the busiest first when asked', async (world) => {
    const { items } = await ok(world, 'GET', '/im/v1/chats', { query: { page_size: 1 } })
    expect(items).toHaveLength(1)
    expect(
      (await ok(world, 'GET', '/im/v1/chats', { query: { sort_type: 'ByActiveTimeDesc' } })).items.length,
    ).toBeGreaterThan(1)
  }),
  refused(`GET ${root}`, 232001, 'a page above 100', (world) =>
    api(world, 'GET', '/im/v1/chats', { query: { page_size: 101 } }),
  ),
  happy(`GET ${root}/search`, 'finds groups by a part of their name', async (world) => {
    group(world, { name: '找得到的群' })
    const { items } = await ok(world, 'GET', '/im/v1/chats/search', { query: { query: '找得到' } })
    expect(items).toMatchObject([{ name: '找得到的群' }])
  }),
  refused(`GET ${root}/search`, 232001, 'a query above 64 characters', (world) =>
    api(world, 'GET', '/im/v1/chats/search', { query: { query: 'x'.repeat(65) } }),
  ),
  happy(`GET ${one}`, 'tells everything about a group', async (world) => {
    const full = await ok(world, 'GET', `/im/v1/chats/${group(world).chat_id}`)
    expect(full).toMatchObject({ chat_mode: 'group', user_count: '2', bot_count: '1', chat_status: 'normal' })
  }),
  refused(`GET ${one}`, 232025, 'the bot is switched off', async (world) => {
    const { abilities } = appSettings(world.sandbox.kernel)
    abilities.bot = { enable: false }
    const answer = await api(world, 'GET', `/im/v1/chats/${group(world).chat_id}`)
    abilities.bot = { enable: true }
    return answer
  }),
  refused(`GET ${one}`, 232006, 'no such group', (world) => api(world, 'GET', '/im/v1/chats/oc_nothing')),
  refused(`GET ${one}`, 232011, 'the bot is not in it', (world) =>
    api(world, 'GET', `/im/v1/chats/${withoutBot(world).chat_id}`),
  ),
  happy(`PUT ${one}`, 'renames a group and hands it over', async (world) => {
    const { zhou } = people(world)
    const { chat_id } = group(world)
    await ok(world, 'PUT', `/im/v1/chats/${chat_id}`, { body: { name: '改名了', owner_id: zhou } })
    expect(await ok(world, 'GET', `/im/v1/chats/${chat_id}`)).toMatchObject({
      name: '改名了',
      owner_id: zhou,
    })
  }),
  refused(`PUT ${one}`, 232002, 'only the owner may edit', (world) =>
    api(world, 'PUT', `/im/v1/chats/${foreignGroup(world, { edit_permission: 'only_owner' }).chat_id}`, {
      body: { name: '改名' },
    }),
  ),
  refused(`PUT ${one}`, 232016, 'members change the name, but no rights', (world) =>
    api(world, 'PUT', `/im/v1/chats/${foreignGroup(world).chat_id}`, {
      body: { edit_permission: 'only_owner' },
    }),
  ),
  refused(`PUT ${one}`, 232012, 'the new owner is no member', (world) =>
    api(world, 'PUT', `/im/v1/chats/${group(world).chat_id}`, { body: { owner_id: people(world).wang } }),
  ),
  happy(`DELETE ${one}`, 'dissolves a group', async (world) => {
    const { chat_id } = await dissolved(world)
    expect((await api(world, 'GET', `/im/v1/chats/${chat_id}`)).json.code).toBe(232009)
  }),
  refused(`DELETE ${one}`, 232017, 'the bot neither owns nor made it', (world) =>
    api(world, 'DELETE', `/im/v1/chats/${foreignGroup(world).chat_id}`),
  ),
]

const people50 = (world: ConformanceWorld) => Array(51).fill(people(world).wang) as string[]

const membership: readonly ConformanceCase[] = [
  happy(
    `POST ${one}/members`,
    'adds members; those who do not exist are named when that is allowed',
    async (world) => {
      const { wang } = people(world)
      const { chat_id } = group(world)
      const { json } = await members(world, 'POST', chat_id, [wang, 'ou_nobody'], {
        member_id_type: 'open_id',
        succeed_type: 1,
      })
      expect(json.data).toMatchObject({ not_existed_id_list: ['ou_nobody'], invalid_id_list: [] })
      const listed = await ok(world, 'GET', `/im/v1/chats/${chat_id}/members`)
      expect(listed).toMatchObject({ member_total: 3 })
    },
  ),
  refused(`POST ${one}/members`, 99992351, 'a member does not exist', (world) =>
    members(world, 'POST', group(world).chat_id, ['ou_nobody']),
  ),
  refused(`POST ${one}/members`, 232017, 'only the owner may add', (world) =>
    members(world, 'POST', foreignGroup(world, { add_member_permission: 'only_owner' }).chat_id, [
      people(world).wang,
    ]),
  ),
  refused(
    `POST ${one}/members`,
    232001,
    'more than 50 at once',
    (world) => members(world, 'POST', group(world).chat_id, people50(world)),
    'limit',
  ),
  refused(
    `POST ${one}/members`,
    232013,
    'the group is full',
    (world) => {
      const crowd = Array.from({ length: 5_000 }, (_, index) => `ou_crowd${index}`)
      return members(world, 'POST', group(world, { members: crowd }).chat_id, [people(world).wang])
    },
    'limit',
  ),
  happy(`DELETE ${one}/members`, 'removes members', async (world) => {
    const { chat_id } = group(world)
    await ok(world, 'DELETE', `/im/v1/chats/${chat_id}/members`, { body: { id_list: [people(world).zhou] } })
    expect(await ok(world, 'GET', `/im/v1/chats/${chat_id}/members`)).toMatchObject({ member_total: 1 })
  }),
  refused(`DELETE ${one}/members`, 232014, 'the bot manages nothing here', (world) =>
    members(world, 'DELETE', foreignGroup(world).chat_id, [people(world).zhou]),
  ),
  refused(`DELETE ${one}/members`, 232076, 'the owner cannot be removed', (world) =>
    members(world, 'DELETE', group(world).chat_id, [people(world).lin]),
  ),
  happy(`GET ${one}/members`, 'lists the people, not the bot', async (world) => {
    const { data } = await (await sdkNow(world)).im.v1.chatMembers.get({
      path: { chat_id: group(world).chat_id },
    })
    expect(data?.items?.map(({ name }) => name)).toEqual(['林小夏', '周宁'])
  }),
  refused(`GET ${one}/members`, 232006, 'no such group', (world) =>
    api(world, 'GET', '/im/v1/chats/oc_nothing/members'),
  ),
  happy(`GET ${one}/members/is_in_chat`, 'tells whether the bot is in a group', async (world) => {
    const asked = (chatId: string) => ok(world, 'GET', `/im/v1/chats/${chatId}/members/is_in_chat`)
    expect(await asked(group(world).chat_id)).toEqual({ is_in_chat: true })
    expect(await asked(withoutBot(world).chat_id)).toEqual({ is_in_chat: false })
  }),
  refused(`GET ${one}/members/is_in_chat`, 232006, 'no such group', (world) =>
    api(world, 'GET', '/im/v1/chats/oc_nothing/members/is_in_chat'),
  ),
  happy(`PATCH ${one}/members/me_join`, 'enters a public group', async (world) => {
    const { chat_id } = group(world, { bot: false, settings: { chat_type: 'public' } })
    await ok(world, 'PATCH', `/im/v1/chats/${chat_id}/members/me_join`)
    await ok(world, 'GET', `/im/v1/chats/${chat_id}`)
  }),
  refused(`PATCH ${one}/members/me_join`, 232008, 'the group is private', (world) =>
    api(world, 'PATCH', `/im/v1/chats/${withoutBot(world).chat_id}/members/me_join`),
  ),
  refused(`PATCH ${one}/members/me_join`, 232075, 'entering needs an approval', (world) => {
    const settings = { chat_type: 'public', membership_approval: 'approval_required' }
    return api(
      world,
      'PATCH',
      `/im/v1/chats/${group(world, { bot: false, settings }).chat_id}/members/me_join`,
    )
  }),
]

export const chatCases: readonly ConformanceCase[] = [...making, ...membership]
