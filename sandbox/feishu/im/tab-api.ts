import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { chatApi } from './chat-route.ts'
import { changedChats } from './chats.ts'
import { imFailure } from './failures.ts'
import { type Chat, type ChatTab, messageState } from './im-state.ts'

const mostTabs = 20
const longestName = 60
/** Only these two are made by apps; the others belong to the client. */
const own = new Set(['doc', 'url'])

/** Tabs above a chat. Feishu docs: 会话标签页. */
export function registerTabApi(kernel: Kernel): void {
  const answer = (chat: Chat) => ({ chat_tabs: tabsOf(kernel, chat) })
  chatApi(kernel, { method: 'GET', path: '/chat_tabs/list_tabs', handle: answer })
  chatApi(kernel, {
    method: 'POST',
    path: '/chat_tabs',
    handle(chat, call) {
      const wanted = (call.body.chat_tabs ?? []) as ChatTab[]
      const tabs = tabsOf(kernel, chat)
      const count = tabs.filter((tab) => own.has(tab.tab_type)).length
      if (count + wanted.length > mostTabs) throw imFailure(232046)
      for (const tab of wanted) checkTab(kernel, tab)
      keep(kernel, chat, [...tabs, ...wanted.map((tab) => shaped(tab, tabId(kernel)))])
      return answer(chat)
    },
  })
  chatApi(kernel, {
    method: 'POST',
    path: '/chat_tabs/update_tabs',
    handle(chat, call) {
      const wanted = (call.body.chat_tabs ?? []) as ChatTab[]
      const tabs = tabsOf(kernel, chat)
      for (const tab of wanted) {
        const known = tabs.find(({ tab_id }) => tab_id === tab.tab_id)
        if (!known) throw imFailure(232001)
        if (!own.has(known.tab_type)) throw imFailure(232049)
        checkTab(kernel, tab)
      }
      const changed = new Map(wanted.map((tab) => [tab.tab_id, shaped(tab, tab.tab_id)]))
      keep(
        kernel,
        chat,
        tabs.map((tab) => changed.get(tab.tab_id) ?? tab),
      )
      return answer(chat)
    },
  })
  chatApi(kernel, {
    method: 'POST',
    path: '/chat_tabs/sort_tabs',
    handle(chat, call) {
      keep(kernel, chat, sorted(tabsOf(kernel, chat), call))
      return answer(chat)
    },
  })
  chatApi(kernel, {
    method: 'DELETE',
    path: '/chat_tabs/delete_tabs',
    handle(chat, call) {
      const ids = (call.body.tab_ids ?? []) as string[]
      const tabs = tabsOf(kernel, chat)
      const gone = tabs.filter(({ tab_id }) => ids.includes(tab_id))
      if (ids.length === 0 || gone.length !== ids.length) throw imFailure(232001)
      if (gone.some(({ tab_type }) => !own.has(tab_type))) throw imFailure(232049)
      keep(
        kernel,
        chat,
        tabs.filter((tab) => !gone.includes(tab)),
      )
      return answer(chat)
    },
  })
}

/** Every group starts with the tab of its messages. */
function tabsOf(kernel: Kernel, chat: Chat): ChatTab[] {
  if (chat.mode !== 'group') throw imFailure(232050)
  chat.tabs ??= [{ tab_id: tabId(kernel), tab_type: 'message' }]
  return chat.tabs
}

/** The order must name every tab; the messages stay first. */
function sorted(tabs: readonly ChatTab[], call: ApiCall): ChatTab[] {
  const ids = (call.body.tab_ids ?? []) as string[]
  const found = ids.flatMap((id) => tabs.find(({ tab_id }) => tab_id === id) ?? [])
  const isWhole = found.length === tabs.length && new Set(ids).size === tabs.length
  if (!isWhole || found[0]?.tab_type !== 'message') throw imFailure(232001)
  return found
}

function checkTab(kernel: Kernel, tab: ChatTab): void {
  if (!own.has(tab.tab_type)) throw imFailure(232048)
  if ((tab.tab_name ?? '').length > longestName) throw imFailure(232047)
  const address = tab.tab_content?.[tab.tab_type]
  if (typeof address !== 'string' || !/^https?:\/\//.test(address)) throw imFailure(232048)
  const icon = tab.tab_config?.icon_key
  const image = messageState(kernel).images[String(icon)]
  if (icon !== undefined && icon !== '' && (!image || image.by !== undefined)) throw imFailure(232056)
}

/** What the platform keeps of a tab: the content of its own type, a configuration only for addresses. */
function shaped(tab: ChatTab, id: string): ChatTab {
  return {
    tab_id: id,
    ...(tab.tab_name !== undefined && { tab_name: tab.tab_name }),
    tab_type: tab.tab_type,
    tab_content: { [tab.tab_type]: tab.tab_content?.[tab.tab_type] },
    ...(tab.tab_type === 'url' && tab.tab_config && { tab_config: tab.tab_config }),
  }
}

function keep(kernel: Kernel, chat: Chat, tabs: ChatTab[]): void {
  chat.tabs = tabs
  changedChats(kernel)
}

function tabId(kernel: Kernel): string {
  return `7${kernel.random.int(100_000_000, 999_999_999)}${kernel.random.int(100_000_000, 999_999_999)}`
}
