import type { Kernel } from '../../kernel/types.ts'

/** A button of the bot's menu in its private chats. An app's developer sets it in the console. */
export interface BotMenuButton {
  name: string
  /** What `application.bot.menu_v6` carries, 1 to 30 characters … */
  event_key?: string
  /** … or an address to open … */
  url?: string
  /** … or more buttons. */
  children?: { name: string; event_key?: string; url?: string }[]
}

interface MessengerState {
  /** chat → person → how many of its messages the person has seen */
  seen: Record<string, Record<string, number>>
  /** scope im:message.group_msg: the bot hears every message of its groups */
  readsAllGroupMessages: boolean
  menu: BotMenuButton[]
  /** what the tenant has bought */
  urgentQuota: { sms: number; phone: number }
  /** batch message → its messages */
  batches: Record<string, string[]>
}

/** What people have seen, and how the app's bot is set up. */
export function messengerState(kernel: Kernel): MessengerState {
  return kernel.state<MessengerState>('im-people', () => ({
    seen: {},
    readsAllGroupMessages: false,
    menu: [],
    urgentQuota: { sms: 1000, phone: 100 },
    batches: {},
  }))
}
