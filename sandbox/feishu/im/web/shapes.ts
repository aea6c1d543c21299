/** What the messenger of the browser client is told. Types only: both sides import them. */

export interface ChatRow {
  /** '' for the bot's private chat that nobody has opened yet */
  chat_id: string
  name: string
  mode: 'group' | 'p2p'
  members: number
  hasBot: boolean
  unread: number
  mentioned: boolean
  urgent: boolean
  last: { text: string; at: number; by: string } | null
}

export interface ChatMember {
  open_id: string
  name: string
  kind: 'person' | 'bot'
  role: 'owner' | 'manager' | 'member'
}

export interface MenuButton {
  name: string
  /** Pressing tells the app. */
  event_key?: string
  url?: string
  children?: MenuButton[]
}

export interface ChatPage {
  chat_id: string
  name: string
  description: string
  mode: 'group' | 'p2p'
  hasBot: boolean
  botName: string
  members: ChatMember[]
  can: { write: boolean; edit: boolean; invite: boolean; remove: boolean; dissolve: boolean; atAll: boolean }
  /** The bot's menu (private chat) or the group's. */
  menu: MenuButton[]
  tabs: { tab_id: string; name: string; url: string | null }[]
  notice: { message_id: string; text: string; by: string } | null
  pins: number
}

export interface WebMessage {
  message_id: string
  chat_id: string
  /** ms */
  at: number
  type: string
  /** As sent, parsed: a text, a post body, a card … */
  content: Record<string, unknown>
  /** Names of the ids in `content`. */
  names: Record<string, string>
  sender: { id: string; name: string; kind: 'person' | 'bot' | 'system' }
  mine: boolean
  recalled: { by: string } | null
  edited: boolean
  quote: { message_id: string; by: string; text: string } | null
  thread: { thread_id: string; replies: number; last: string | null } | null
  /** Somebody asked for urgent attention of: me, somebody. */
  urgent: 'me' | 'others' | null
  /** Names of those who have read it, and how many have not; null for what is not tracked. */
  read: { by: string[]; unread: string[] } | null
  reactions: { emoji: string; by: string[] }[]
  pinned: boolean
  /** Bubbles to press under the newest message. */
  followUps: string[]
  /** May I take it back? */
  canRecall: boolean
  /** Messages of a merged forward, one line each. */
  merged?: { by: string; text: string }[]
}

export interface MessagesPage {
  /** Oldest first. */
  items: WebMessage[]
  /** Ask again with `before` for what is older; null: this is the beginning. */
  before: number | null
}

export interface ThreadPage {
  root: WebMessage
  replies: WebMessage[]
}

/** What a person sends. */
export interface Draft {
  type: 'text' | 'post' | 'image' | 'file'
  content: Record<string, unknown>
  reply_to?: string
  in_thread?: boolean
}
