import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { api, foreignGroup, group, happy, ok, people, refused, send } from './im-world.ts'

const one = '/open-apis/im/v1/chats/:chat_id'
const link = {
  action_type: 'REDIRECT_LINK',
  name: '官网',
  redirect_link: { common_url: 'https://example.com' },
}
const top = (item: unknown, children: unknown[] = []) => ({
  chat_menu_item: item,
  children: children.map((chat_menu_item) => ({ chat_menu_item })),
})

function addMenu(world: ConformanceWorld, chatId: string, tops: unknown[]) {
  const body = { menu_tree: { chat_menu_top_levels: tops } }
  return api(world, 'POST', `/im/v1/chats/${chatId}/menu_tree`, { body })
}

function addTabs(world: ConformanceWorld, chatId: string, tabs: unknown[]) {
  return api(world, 'POST', `/im/v1/chats/${chatId}/chat_tabs`, { body: { chat_tabs: tabs } })
}

const site = { tab_name: '官网', tab_type: 'url', tab_content: { url: 'https://example.com' } }

interface Top {
  chat_menu_top_level_id: string
}

async function menuIds(world: ConformanceWorld, chatId: string, count: number): Promise<string[]> {
  const { json } = await addMenu(world, chatId, Array(count).fill(top(link)))
  const tree = json.data?.menu_tree as { chat_menu_top_levels: Top[] }
  return tree.chat_menu_top_levels.map((one) => one.chat_menu_top_level_id)
}

async function tabIds(world: ConformanceWorld, chatId: string, count: number): Promise<string[]> {
  const { json } = await addTabs(world, chatId, Array(count).fill(site))
  const tabs = (json.data?.chat_tabs ?? []) as { tab_id: string }[]
  return tabs.map(({ tab_id }) => tab_id)
}

function managers(world: ConformanceWorld, what: 'add' | 'delete', chatId: string, ids: string[]) {
  return api(world, 'POST', `/im/v1/chats/${chatId}/managers/${what}_managers`, {
    query: { member_id_type: 'open_id' },
    body: { manager_ids: ids },
  })
}

const rights: readonly ConformanceCase[] = [
  happy(`POST ${one}/managers/add_managers`, 'makes members managers', async (world) => {
    const { zhou } = people(world)
    const { json } = await managers(world, 'add', group(world).chat_id, [zhou])
    expect(json.data).toEqual({ chat_managers: [zhou], chat_bot_managers: [] })
  }),
  refused(`POST ${one}/managers/add_managers`, 232038, 'the bot is not the owner', (world) =>
    managers(world, 'add', foreignGroup(world).chat_id, [people(world).zhou]),
  ),
  refused(`POST ${one}/managers/add_managers`, 232027, 'nobody named is a member', (world) =>
    managers(world, 'add', group(world).chat_id, [people(world).wang]),
  ),
  happy(`POST ${one}/managers/delete_managers`, 'makes managers members', async (world) => {
    const { zhou } = people(world)
    const { chat_id } = group(world)
    await managers(world, 'add', chat_id, [zhou])
    const { json } = await managers(world, 'delete', chat_id, [zhou])
    expect(json.data).toEqual({ chat_managers: [], chat_bot_managers: [] })
  }),
  refused(`POST ${one}/managers/delete_managers`, 232038, 'the bot is not the owner', (world) =>
    managers(world, 'delete', foreignGroup(world).chat_id, [people(world).zhou]),
  ),
  happy(`PUT ${one}/moderation`, 'lets only some members write, and lists them', async (world) => {
    const { zhou } = people(world)
    const { chat_id } = group(world)
    const body = { moderation_setting: 'moderator_list', moderator_added_list: [zhou] }
    await ok(world, 'PUT', `/im/v1/chats/${chat_id}/moderation`, { query: { user_id_type: 'open_id' }, body })
    expect(await ok(world, 'GET', `/im/v1/chats/${chat_id}/moderation`)).toMatchObject({
      moderation_setting: 'moderator_list',
      items: [{ user_id: zhou }],
    })
  }),
  refused(`PUT ${one}/moderation`, 232017, 'the bot neither owns nor made the group', (world) =>
    api(world, 'PUT', `/im/v1/chats/${foreignGroup(world).chat_id}/moderation`, {
      body: { moderation_setting: 'only_owner' },
    }),
  ),
  refused(`PUT ${one}/moderation`, 232001, 'no such setting', (world) =>
    api(world, 'PUT', `/im/v1/chats/${group(world).chat_id}/moderation`, {
      body: { moderation_setting: 'nobody' },
    }),
  ),
  happy(`GET ${one}/moderation`, 'everybody may write at first', async (world) => {
    const { data } = (await api(world, 'GET', `/im/v1/chats/${group(world).chat_id}/moderation`)).json
    expect(data).toMatchObject({ moderation_setting: 'all_members', items: [], has_more: false })
  }),
  refused(`GET ${one}/moderation`, 232006, 'no such group', (world) =>
    api(world, 'GET', '/im/v1/chats/oc_nothing/moderation'),
  ),
  happy(`POST ${one}/link`, 'gives a link for a week, a year or for ever', async (world) => {
    const path = `/im/v1/chats/${group(world).chat_id}/link`
    const week = await ok(world, 'POST', path, { body: { validity_period: 'week' } })
    expect(week).toMatchObject({ is_permanent: false, expire_time: expect.stringMatching(/^\d{10}$/) })
    expect(await ok(world, 'POST', path, { body: { validity_period: 'permanently' } })).toMatchObject({
      is_permanent: true,
    })
  }),
  refused(`POST ${one}/link`, 232064, 'only the owner may share', (world) =>
    api(
      world,
      'POST',
      `/im/v1/chats/${foreignGroup(world, { share_card_permission: 'not_allowed' }).chat_id}/link`,
      {
        body: { validity_period: 'week' },
      },
    ),
  ),
]

const menus: readonly ConformanceCase[] = [
  happy(`POST ${one}/menu_tree`, 'adds buttons with buttons of their own', async (world) => {
    const { json } = await addMenu(world, group(world).chat_id, [
      top({ action_type: 'NONE', name: '更多' }, [link]),
    ])
    expect(json.data).toMatchObject({
      menu_tree: {
        chat_menu_top_levels: [{ chat_menu_item: { name: '更多' }, children: [{ chat_menu_item: link }] }],
      },
    })
  }),
  refused(
    `POST ${one}/menu_tree`,
    232070,
    'a fourth button',
    (world) => addMenu(world, group(world).chat_id, Array(4).fill(top(link))),
    'limit',
  ),
  refused(
    `POST ${one}/menu_tree`,
    232071,
    'a sixth button under one',
    (world) =>
      addMenu(world, group(world).chat_id, [top({ action_type: 'NONE', name: '更多' }, Array(6).fill(link))]),
    'limit',
  ),
  refused(`POST ${one}/menu_tree`, 232078, 'a link that leads nowhere', (world) =>
    addMenu(world, group(world).chat_id, [top({ action_type: 'REDIRECT_LINK', name: '官网' })]),
  ),
  refused(`POST ${one}/menu_tree`, 232056, 'a picture the app did not upload', (world) =>
    addMenu(world, group(world).chat_id, [top({ ...link, image_key: 'img_x' })]),
  ),
  happy(`GET ${one}/menu_tree`, 'answers with the whole menu', async (world) => {
    const { chat_id } = group(world)
    await menuIds(world, chat_id, 2)
    const { menu_tree } = await ok(world, 'GET', `/im/v1/chats/${chat_id}/menu_tree`)
    expect(menu_tree.chat_menu_top_levels).toHaveLength(2)
  }),
  refused(`GET ${one}/menu_tree`, 232006, 'no such group', (world) =>
    api(world, 'GET', '/im/v1/chats/oc_nothing/menu_tree'),
  ),
  happy(`POST ${one}/menu_tree/sort`, 'orders the buttons', async (world) => {
    const { chat_id } = group(world)
    const ids = (await menuIds(world, chat_id, 2)).toReversed()
    const { menu_tree } = await ok(world, 'POST', `/im/v1/chats/${chat_id}/menu_tree/sort`, {
      body: { chat_menu_top_level_ids: ids },
    })
    expect(menu_tree.chat_menu_top_levels.map((one: Top) => one.chat_menu_top_level_id)).toEqual(ids)
  }),
  refused(`POST ${one}/menu_tree/sort`, 232072, 'the order leaves one out', async (world) => {
    const { chat_id } = group(world)
    const [first] = await menuIds(world, chat_id, 2)
    return api(world, 'POST', `/im/v1/chats/${chat_id}/menu_tree/sort`, {
      body: { chat_menu_top_level_ids: [first] },
    })
  }),
  happy(`DELETE ${one}/menu_tree`, 'takes a button away', async (world) => {
    const { chat_id } = group(world)
    const ids = await menuIds(world, chat_id, 1)
    const { menu_tree } = await ok(world, 'DELETE', `/im/v1/chats/${chat_id}/menu_tree`, {
      body: { chat_menu_top_level_ids: ids },
    })
    expect(menu_tree.chat_menu_top_levels).toEqual([])
  }),
  refused(`DELETE ${one}/menu_tree`, 232001, 'no such button', (world) =>
    api(world, 'DELETE', `/im/v1/chats/${group(world).chat_id}/menu_tree`, {
      body: { chat_menu_top_level_ids: ['7'] },
    }),
  ),
  happy(`PATCH ${one}/menu_items/:menu_item_id`, 'renames a button', async (world) => {
    const { chat_id } = group(world)
    const [id] = await menuIds(world, chat_id, 1)
    const { chat_menu_item } = await ok(world, 'PATCH', `/im/v1/chats/${chat_id}/menu_items/${id}`, {
      body: { update_fields: ['NAME'], chat_menu_item: { name: '新名' } },
    })
    expect(chat_menu_item).toMatchObject({ name: '新名', action_type: 'REDIRECT_LINK' })
  }),
  refused(`PATCH ${one}/menu_items/:menu_item_id`, 232001, 'no such button', (world) =>
    api(world, 'PATCH', `/im/v1/chats/${group(world).chat_id}/menu_items/7`, {
      body: { update_fields: ['NAME'], chat_menu_item: { name: '新名' } },
    }),
  ),
]

const tabs: readonly ConformanceCase[] = [
  happy(`POST ${one}/chat_tabs`, 'adds a tab beside the messages', async (world) => {
    const { json } = await addTabs(world, group(world).chat_id, [site])
    expect(json.data).toMatchObject({ chat_tabs: [{ tab_type: 'message' }, site] })
  }),
  refused(
    `POST ${one}/chat_tabs`,
    232046,
    'a twenty-first tab',
    (world) => addTabs(world, group(world).chat_id, Array(21).fill(site)),
    'limit',
  ),
  refused(
    `POST ${one}/chat_tabs`,
    232047,
    'a name above 60 characters',
    (world) => addTabs(world, group(world).chat_id, [{ ...site, tab_name: 'x'.repeat(61) }]),
    'limit',
  ),
  refused(`POST ${one}/chat_tabs`, 232048, 'a tab of the client’s own', (world) =>
    addTabs(world, group(world).chat_id, [{ tab_type: 'pin' }]),
  ),
  happy(`GET ${one}/chat_tabs/list_tabs`, 'lists the tabs', async (world) => {
    const { chat_tabs } = await ok(world, 'GET', `/im/v1/chats/${group(world).chat_id}/chat_tabs/list_tabs`)
    expect(chat_tabs).toMatchObject([{ tab_type: 'message' }])
  }),
  refused(`GET ${one}/chat_tabs/list_tabs`, 232006, 'no such group', (world) =>
    api(world, 'GET', '/im/v1/chats/oc_nothing/chat_tabs/list_tabs'),
  ),
  happy(`POST ${one}/chat_tabs/update_tabs`, 'renames a tab', async (world) => {
    const { chat_id } = group(world)
    const [, id] = await tabIds(world, chat_id, 1)
    const { chat_tabs } = await ok(world, 'POST', `/im/v1/chats/${chat_id}/chat_tabs/update_tabs`, {
      body: { chat_tabs: [{ ...site, tab_id: id, tab_name: '新名' }] },
    })
    expect(chat_tabs[1]).toMatchObject({ tab_id: id, tab_name: '新名' })
  }),
  refused(`POST ${one}/chat_tabs/update_tabs`, 232001, 'no such tab', (world) =>
    api(world, 'POST', `/im/v1/chats/${group(world).chat_id}/chat_tabs/update_tabs`, {
      body: { chat_tabs: [{ ...site, tab_id: '7' }] },
    }),
  ),
  happy(`POST ${one}/chat_tabs/sort_tabs`, 'orders the tabs', async (world) => {
    const { chat_id } = group(world)
    const [messages = '', ...rest] = await tabIds(world, chat_id, 2)
    const ids = [messages, ...rest.toReversed()]
    const { chat_tabs } = await ok(world, 'POST', `/im/v1/chats/${chat_id}/chat_tabs/sort_tabs`, {
      body: { tab_ids: ids },
    })
    expect(chat_tabs.map((tab: { tab_id: string }) => tab.tab_id)).toEqual(ids)
  }),
  refused(`POST ${one}/chat_tabs/sort_tabs`, 232001, 'the messages are not first', async (world) => {
    const { chat_id } = group(world)
    const ids = await tabIds(world, chat_id, 1)
    return api(world, 'POST', `/im/v1/chats/${chat_id}/chat_tabs/sort_tabs`, {
      body: { tab_ids: ids.toReversed() },
    })
  }),
  happy(`DELETE ${one}/chat_tabs/delete_tabs`, 'takes a tab away', async (world) => {
    const { chat_id } = group(world)
    const [, id] = await tabIds(world, chat_id, 1)
    const { chat_tabs } = await ok(world, 'DELETE', `/im/v1/chats/${chat_id}/chat_tabs/delete_tabs`, {
      body: { tab_ids: [id] },
    })
    expect(chat_tabs).toHaveLength(1)
  }),
  refused(`DELETE ${one}/chat_tabs/delete_tabs`, 232049, 'the tab of the messages stays', async (world) => {
    const { chat_id } = group(world)
    const [messages] = await tabIds(world, chat_id, 1)
    return api(world, 'DELETE', `/im/v1/chats/${chat_id}/chat_tabs/delete_tabs`, {
      body: { tab_ids: [messages] },
    })
  }),
]

const notices: readonly ConformanceCase[] = [
  happy(`POST ${one}/top_notice/put_top_notice`, 'puts a message on top', async (world) => {
    const chat = group(world)
    const body = { chat_top_notice: [{ action_type: '1', message_id: await send(world, chat) }] }
    await ok(world, 'POST', `/im/v1/chats/${chat.chat_id}/top_notice/put_top_notice`, { body })
  }),
  refused(`POST ${one}/top_notice/put_top_notice`, 232001, 'a message of another group', async (world) => {
    const body = { chat_top_notice: [{ action_type: '1', message_id: await send(world, group(world)) }] }
    return api(world, 'POST', `/im/v1/chats/${group(world).chat_id}/top_notice/put_top_notice`, { body })
  }),
  happy(`POST ${one}/top_notice/delete_top_notice`, 'takes it down', async (world) => {
    await ok(world, 'POST', `/im/v1/chats/${group(world).chat_id}/top_notice/delete_top_notice`)
  }),
  refused(`POST ${one}/top_notice/delete_top_notice`, 232006, 'no such group', (world) =>
    api(world, 'POST', '/im/v1/chats/oc_nothing/top_notice/delete_top_notice'),
  ),
  refused(`GET ${one}/announcement`, 232097, 'the announcement is of the new kind', (world) =>
    api(world, 'GET', `/im/v1/chats/${group(world).chat_id}/announcement`),
  ),
  refused(`PATCH ${one}/announcement`, 232097, 'the announcement is of the new kind', (world) =>
    api(world, 'PATCH', `/im/v1/chats/${group(world).chat_id}/announcement`, {
      body: { revision: '0', requests: [] },
    }),
  ),
]

export const chatSettingCases: readonly ConformanceCase[] = [...rights, ...menus, ...tabs, ...notices]
