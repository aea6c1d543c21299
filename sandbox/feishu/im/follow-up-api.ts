import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findChat } from './chats.ts'
import { imFailure, imFailureText } from './failures.ts'
import { changedMessage, findMessage } from './message-store.ts'

const freshMs = 600_000
const longest = 200

/** Bubbles under the newest message of a private chat. Feishu docs: 添加跟随气泡. */
export function registerFollowUpApi(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/im/v1/messages/:message_id/push_follow_up',
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => push(kernel, call),
  })
}

function push(kernel: Kernel, call: ApiCall): unknown {
  const message = findMessage(kernel, call.params.message_id ?? '')
  const chat = findChat(kernel, message?.chat_id ?? '')
  if (!message || !chat) throw imFailure(230001, 'invalid message_id')
  if (message.sender.sender_type !== 'app' || message.state === 'recalled')
    throw imFailureText(230004, 'invisible message.')
  if (chat.mode !== 'p2p') throw imFailureText(230003, 'only support p2p chat.')
  if (kernel.clock.now() - message.createdAt > freshMs) throw imFailureText(230002, 'expired message.')
  if (chat.messages.at(-1) !== message.message_id) throw imFailureText(230006, 'only support latest message.')
  if (message.followUps) throw imFailureText(230008, 'follow up already exist.')
  const bubbles = call.body.follow_ups as { content: string }[]
  const texts = bubbles.map(({ content }) => content)
  if (texts.length === 0 || texts.length > 3 || texts.some((text) => text === '' || text.length > longest))
    throw imFailureText(230007, 'invalid follow up.')
  message.followUps = texts
  changedMessage(kernel, message)
  return {}
}
