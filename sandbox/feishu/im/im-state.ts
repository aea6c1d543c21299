import type { Kernel } from '../../kernel/types.ts'

export interface Chat {
  chat_id: string
  name: string
  description: string
  mode: 'group' | 'p2p'
  owner_id: string | null
  /** open_ids */
  members: string[]
  hasBot: boolean
  status: 'normal' | 'dissolved'
  createdAt: number
  settings: Record<string, unknown>
  /** message ids, oldest first */
  messages: string[]
  /** open_ids; the bot's own is its open_id */
  managers?: string[]
  /** open_id of the person who made the group; absent: the bot did */
  creator?: string
  /** open_ids of those who may write while `moderation_permission` is `moderator_list` */
  moderators?: string[]
  tabs?: ChatTab[]
  menu?: MenuTop[]
  notice?: TopNotice
  /** pinned messages, oldest first */
  pins?: string[]
}

export interface ChatTab {
  tab_id: string
  tab_name?: string
  tab_type: string
  tab_content?: Record<string, unknown>
  tab_config?: Record<string, unknown>
}

export interface MenuItem {
  action_type: 'NONE' | 'REDIRECT_LINK'
  name: string
  i18n_names?: Record<string, string>
  image_key?: string
  redirect_link?: Record<string, string>
}

export interface MenuTop {
  chat_menu_top_level_id: string
  chat_menu_item: MenuItem
  children: { chat_menu_second_level_id: string; chat_menu_item: MenuItem }[]
}

export interface TopNotice {
  action_type: '1' | '2'
  message_id?: string
  /** open_id */
  by: string
  at: number
}

export interface Reaction {
  reaction_id: string
  emoji: string
  /** open_id, or the app's id */
  by: string
  byApp: boolean
  at: number
}

export interface Message {
  message_id: string
  root_id?: string
  parent_id?: string
  thread_id?: string
  msg_type: string
  /** JSON text as it was sent (cards: the newest version) */
  content: string
  createdAt: number
  updatedAt: number
  state: 'live' | 'recalled'
  edits: number
  chat_id: string
  sender: { id: string; id_type: 'app_id' | 'open_id'; sender_type: 'app' | 'user' | 'system' }
  /** card versions so far, newest last; the oldest are dropped, and the newest one's content is the message's */
  versions: { at: number; by: 'send' | 'patch' | 'callback' | 'delayed'; content?: string }[]
  versionCount: number
  readers: { open_id: string; at: number }[]
  /** open_ids that were urged and have not read it since */
  urgent: string[]
  /** the thread this message is the first of */
  opensThread?: string
  /** the merged message this one was forwarded in */
  upper_message_id?: string
  reactions?: Reaction[]
  pin?: { by: string; byApp: boolean; at: number }
  /** open_id, or the app's id */
  recalledBy?: string
  /** text bubbles under the newest message of a private chat, to be pressed */
  followUps?: string[]
}

interface ChatState {
  chats: Record<string, Chat>
  /** uuid of a create call → chat, for 10 h */
  uuids: Record<string, { chat_id: string; at: number }>
}

interface MessageState {
  /** how many messages were ever stored */
  stored: number
  /** message_id → block of the message store */
  blockOf: Record<string, number>
  /** uuid of a send or reply → message, for 1 h */
  uuids: Record<string, { message_id: string; at: number }>
  /** delayed-update tokens of card callbacks */
  cardTokens: Record<string, { message_id: string; at: number; uses: number; answered: boolean }>
  images: Record<string, StoredImage>
  files: Record<string, StoredFile>
  /** thread → its first message and the answers, oldest first; absent in worlds saved before there were threads */
  threads?: Record<string, { root: string; chat_id: string; messages: string[] }>
}

/** Uploaded by a person (open_id) when `by` is set, else by the app. */
export interface StoredImage {
  size: number
  type?: string
  /** message or avatar */
  use?: string
  by?: string
}

export interface StoredFile {
  size: number
  name: string
  type: string
  by?: string
}

/** Threads by their id. */
export function threadState(kernel: Kernel): NonNullable<MessageState['threads']> {
  const state = messageState(kernel)
  state.threads ??= {}
  return state.threads
}

/** Says that something people see in the messenger changed; the browser client watches this one small part. */
export function imShown(kernel: Kernel): void {
  kernel.state<{ changes: number }>('im-shown', () => ({ changes: 0 })).changes++
  kernel.changed('im-shown')
}

export function chatState(kernel: Kernel): ChatState {
  return kernel.state<ChatState>('im-chats', () => ({ chats: {}, uuids: {} }))
}

export function messageState(kernel: Kernel): MessageState {
  return kernel.state<MessageState>('im-messages', () => ({
    stored: 0,
    blockOf: {},
    uuids: {},
    cardTokens: {},
    images: {},
    files: {},
  }))
}

/** Forgets keys whose memory time is over. */
export function forgetOld(entries: Record<string, { at: number }>, before: number): void {
  for (const [key, entry] of Object.entries(entries)) {
    if (entry.at >= before) return
    delete entries[key]
  }
}
