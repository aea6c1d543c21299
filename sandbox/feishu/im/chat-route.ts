import type { ApiCall, ApiRoute, Kernel } from '../../kernel/types.ts'
import { requireChat } from './chats.ts'
import type { Chat } from './im-state.ts'

export interface ChatRoute extends Pick<ApiRoute, 'unverified' | 'body'> {
  method: ApiRoute['method']
  /** Below `/open-apis/im/v1/chats/:chat_id` */
  path: string
  handle(chat: Chat, call: ApiCall): unknown
}

/** Registers an endpoint of one chat: the chat exists, is not dissolved and the bot is in it, or the call is refused. */
export function chatApi(kernel: Kernel, route: ChatRoute): void {
  const { path, handle, ...rest } = route
  kernel.api({
    ...rest,
    path: `/open-apis/im/v1/chats/:chat_id${path}`,
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => handle(requireChat(kernel, call.params.chat_id ?? ''), call) ?? {},
  })
}
