import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { chatApi } from './chat-route.ts'
import { changedChats } from './chats.ts'
import { imFailure } from './failures.ts'
import { type Chat, type MenuItem, type MenuTop, messageState } from './im-state.ts'

const mostTop = 3
const mostChildren = 5
const longestName = 120

/** A group's menu: only added to, never replaced as a whole. Feishu docs: 群菜单. */
export function registerMenuApi(kernel: Kernel): void {
  const answer = (chat: Chat) => ({ menu_tree: { chat_menu_top_levels: chat.menu ?? [] } })
  chatApi(kernel, { method: 'GET', path: '/menu_tree', handle: answer })
  chatApi(kernel, {
    method: 'POST',
    path: '/menu_tree',
    handle(chat, call) {
      append(kernel, chat, call)
      return answer(chat)
    },
  })
  chatApi(kernel, {
    method: 'DELETE',
    path: '/menu_tree',
    handle(chat, call) {
      const ids = idsOf(chat, call)
      chat.menu = (chat.menu ?? []).filter((top) => !ids.includes(top.chat_menu_top_level_id))
      changedChats(kernel)
      return answer(chat)
    },
  })
  chatApi(kernel, {
    method: 'POST',
    path: '/menu_tree/sort',
    handle(chat, call) {
      const ids = call.body.chat_menu_top_level_ids as string[]
      const menu = chat.menu ?? []
      const sorted = ids.flatMap((id) => menu.find((top) => top.chat_menu_top_level_id === id) ?? [])
      if (sorted.length !== menu.length || new Set(ids).size !== ids.length) throw imFailure(232072)
      chat.menu = sorted
      changedChats(kernel)
      return answer(chat)
    },
  })
  chatApi(kernel, {
    method: 'PATCH',
    path: '/menu_items/:menu_item_id',
    handle: (chat, call) => ({ chat_menu_item: patch(kernel, chat, call) }),
  })
}

interface NewTop {
  chat_menu_item: MenuItem
  children?: { chat_menu_item: MenuItem }[]
}

function append(kernel: Kernel, chat: Chat, call: ApiCall): void {
  if (chat.mode !== 'group' || chat.settings.group_message_type === 'thread') throw imFailure(232008)
  const tree = call.body.menu_tree as { chat_menu_top_levels: NewTop[] }
  const menu = chat.menu ?? []
  if (menu.length + tree.chat_menu_top_levels.length > mostTop) throw imFailure(232070)
  for (const { chat_menu_item: item, children = [] } of tree.chat_menu_top_levels) {
    if (children.length > mostChildren) throw imFailure(232071)
    checkItem(kernel, item)
    // A button with buttons of its own neither leads anywhere nor has a picture.
    if (children.length > 0 && (item.action_type !== 'NONE' || item.image_key)) throw imFailure(232078)
    for (const child of children) checkItem(kernel, child.chat_menu_item)
  }
  chat.menu = [...menu, ...tree.chat_menu_top_levels.map((top) => withIds(kernel, top))]
  changedChats(kernel)
}

function withIds(kernel: Kernel, { chat_menu_item, children = [] }: NewTop): MenuTop {
  return {
    chat_menu_top_level_id: menuId(kernel),
    chat_menu_item,
    children: children.map((child) => ({
      chat_menu_second_level_id: menuId(kernel),
      chat_menu_item: child.chat_menu_item,
    })),
  }
}

function patch(kernel: Kernel, chat: Chat, call: ApiCall): MenuItem {
  const item = itemsOf(chat).get(call.params.menu_item_id ?? '')
  if (!item) throw imFailure(232001)
  const wanted = call.body.chat_menu_item as Partial<MenuItem>
  const fields = call.body.update_fields as string[]
  const changed: MenuItem = { ...item }
  if (fields.includes('NAME')) changed.name = wanted.name ?? ''
  if (fields.includes('I18N_NAME')) changed.i18n_names = wanted.i18n_names ?? {}
  if (fields.includes('REDIRECT_LINK')) changed.redirect_link = wanted.redirect_link ?? {}
  if (fields.includes('ICON')) changed.image_key = wanted.image_key ?? ''
  checkItem(kernel, changed)
  Object.assign(item, changed)
  changedChats(kernel)
  return item
}

function checkItem(kernel: Kernel, item: MenuItem | undefined): void {
  if (!item || item.name.length === 0 || item.name.length > longestName) throw imFailure(232078)
  const links = Object.values(item.redirect_link ?? {}).filter((link) => link !== '')
  if (item.action_type === 'REDIRECT_LINK' && links.length === 0) throw imFailure(232078)
  if (links.some((link) => !/^https?:\/\//.test(link))) throw imFailure(232078)
  const image = messageState(kernel).images[item.image_key ?? '']
  if (item.image_key && (!image || image.by !== undefined)) throw imFailure(232056)
}

function itemsOf(chat: Chat): Map<string, MenuItem> {
  return new Map(
    (chat.menu ?? []).flatMap((top): [string, MenuItem][] => [
      [top.chat_menu_top_level_id, top.chat_menu_item],
      ...top.children.map((child): [string, MenuItem] => [
        child.chat_menu_second_level_id,
        child.chat_menu_item,
      ]),
    ]),
  )
}

function idsOf(chat: Chat, call: ApiCall): string[] {
  const ids = (call.body.chat_menu_top_level_ids ?? []) as string[]
  const known = (chat.menu ?? []).map((top) => top.chat_menu_top_level_id)
  if (ids.length === 0 || ids.some((id) => !known.includes(id))) throw imFailure(232001)
  return ids
}

function menuId(kernel: Kernel): string {
  return `7${kernel.random.int(100_000_000, 999_999_999)}${kernel.random.int(100_000_000, 999_999_999)}`
}
