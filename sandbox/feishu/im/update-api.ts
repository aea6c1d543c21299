import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { CardProblem, cardFailure, isSharedCard, refuseDowngrade } from './card-validator/index.ts'
import { findChat } from './chats.ts'
import { checkContent, parseContent } from './content.ts'
import { imFailure } from './failures.ts'
import type { Message } from './im-state.ts'
import { changedMessage } from './message-store.ts'
import { addVersion, wireMessage } from './messages.ts'
import type { Pace } from './pace.ts'
import { recallMessage } from './recall.ts'
import { botManages, botOwns } from './rights.ts'
import { requireMessage } from './send-api.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const updatableMs = 14 * 24 * 3_600_000
const mostEdits = 20
const recallableMs = 365 * 24 * 3_600_000

/** im/v1/messages/:id: patch a card, edit a text, recall. */
export function registerUpdateApi(kernel: Kernel, pace: Pace): void {
  const path = '/open-apis/im/v1/messages/:message_id'
  kernel.api({
    method: 'PATCH',
    path,
    limit,
    handle: (call) => {
      const message = own(kernel, call)
      pace(`message ${message.message_id}`)
      replaceCard(kernel, message, String(call.body.content), 'patch')
      return {}
    },
  })
  kernel.api({ method: 'PUT', path, limit, handle: (call) => edit(kernel, own(kernel, call), call) })
  kernel.api({ method: 'DELETE', path, limit, handle: (call) => recall(kernel, call) })
}

/**
 * Shows another card in a message. Both cards must be shared, the message at most 14 days old.
 * Feishu docs: 更新已发送的消息卡片.
 */
export function replaceCard(
  kernel: Kernel,
  message: Message,
  content: string,
  by: Message['versions'][number]['by'],
): void {
  if (message.msg_type !== 'interactive') throw imFailure(230001, 'This message is NOT a card.')
  if (kernel.clock.now() - message.createdAt > updatableMs) throw imFailure(230031)
  checkContent(kernel, 'interactive', content)
  const before = parseContent(message.content)
  const after = parseContent(content)
  try {
    refuseDowngrade(before, after)
  } catch (error) {
    throw error instanceof CardProblem ? cardFailure(error) : error
  }
  // UNVERIFIED: the code for a card that is not shared.
  if (!isSharedCard(before) || !isSharedCard(after)) throw imFailure(230001, 'update_multi must be true')
  addVersion(kernel, message, { content, by })
}

function edit(kernel: Kernel, message: Message, call: ApiCall): unknown {
  const type = String(call.body.msg_type)
  if (!['text', 'post'].includes(type) || !['text', 'post'].includes(message.msg_type))
    throw imFailure(230054)
  if (message.edits >= mostEdits) throw imFailure(230072)
  checkContent(kernel, type, String(call.body.content))
  message.msg_type = type
  message.content = String(call.body.content)
  message.edits++
  message.updatedAt = kernel.clock.now()
  changedMessage(kernel, message)
  return wireMessage(kernel, message)
}

/** Its own messages, and those of others where it owns, manages or made the group, for a year. Feishu docs: 撤回消息. */
function recall(kernel: Kernel, call: ApiCall): unknown {
  const message = requireMessage(kernel, call.params.message_id ?? '')
  const chat = findChat(kernel, message.chat_id)
  if (!chat?.hasBot) throw imFailure(230002)
  if (chat.status === 'dissolved') throw imFailure(232009)
  const { appId } = kernel.identity()
  if (message.sender.sender_type === 'app') {
    recallMessage(kernel, message, { id: appId, as: 'message_owner' })
    return {}
  }
  const isTooOld = kernel.clock.now() - message.createdAt > recallableMs
  if (chat.mode === 'p2p' || message.sender.sender_type === 'system' || !botManages(kernel, chat) || isTooOld)
    throw imFailure(230026)
  recallMessage(kernel, message, { id: appId, as: botOwns(chat) ? 'group_owner' : 'group_manager' })
  return {}
}

function own(kernel: Kernel, call: ApiCall): Message {
  const message = requireMessage(kernel, call.params.message_id ?? '')
  const chat = findChat(kernel, message.chat_id)
  if (chat?.status === 'dissolved') throw imFailure(232009)
  if (!chat?.hasBot) throw imFailure(230002)
  if (message.sender.sender_type !== 'app') throw imFailure(230071)
  return message
}
