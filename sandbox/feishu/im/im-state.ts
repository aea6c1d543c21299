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
  sender: { id: string; id_type: 'app_id' | 'open_id'; sender_type: 'app' | 'user' }
  /** card versions so far, newest last; the oldest are dropped, and the newest one's content is the message's */
  versions: { at: number; by: 'send' | 'patch' | 'callback' | 'delayed'; content?: string }[]
  versionCount: number
  readers: { open_id: string; at: number }[]
  urgent: string[]
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
  images: Record<string, { size: number }>
  files: Record<string, { size: number; name: string; type: string }>
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
