import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { findChat } from './chats.ts'
import { emojiTypes } from './emoji-types.ts'
import { imFailure, imFailureText } from './failures.ts'
import type { Message, Reaction } from './im-state.ts'
import { changedMessage, findMessage } from './message-store.ts'

const limit = { perMinute: 1000, perSecond: 50 }

/** Emoji under a message. Feishu docs: 添加消息表情回复, 获取消息表情回复, 删除消息表情回复. */
export function registerReactionApi(kernel: Kernel): void {
  const path = '/open-apis/im/v1/messages/:message_id/reactions'
  kernel.api({ method: 'POST', path, limit, handle: (call) => add(kernel, call) })
  kernel.api({ method: 'GET', path, limit, handle: (call) => list(kernel, call) })
  kernel.api({
    method: 'DELETE',
    path: `${path}/:reaction_id`,
    limit,
    handle: (call) => remove(kernel, call),
  })
}

/** The same emoji of the same operator stays one reaction. UNVERIFIED: whether a second call is refused instead. */
function add(kernel: Kernel, call: ApiCall): unknown {
  const message = reactable(kernel, call)
  const emoji = (call.body.reaction_type as { emoji_type?: string } | undefined)?.emoji_type ?? ''
  if (!emojiTypes.has(emoji)) throw imFailure(231001)
  const { appId } = kernel.identity()
  const known = message.reactions?.find((one) => one.emoji === emoji && one.by === appId)
  const reaction = known ?? {
    reaction_id: kernel.id('ZCaC'),
    emoji,
    by: appId,
    byApp: true,
    at: kernel.clock.now(),
  }
  if (!known) {
    message.reactions = [...(message.reactions ?? []), reaction]
    changedMessage(kernel, message)
    emitReaction(kernel, message, { reaction, added: true })
  }
  return wire(kernel, reaction, call)
}

function list(kernel: Kernel, call: ApiCall): unknown {
  const message = reactable(kernel, call)
  const wanted = call.query.reaction_type
  const found = (message.reactions ?? []).filter(({ emoji }) => wanted === undefined || emoji === wanted)
  return page(
    found.map((reaction) => wire(kernel, reaction, call)),
    call.query,
    { size: 20, most: 50, code: 231012 },
  )
}

function remove(kernel: Kernel, call: ApiCall): unknown {
  const message = reactable(kernel, call)
  const reaction = message.reactions?.find(({ reaction_id }) => reaction_id === call.params.reaction_id)
  if (!reaction) throw imFailure(231010)
  if (reaction.by !== kernel.identity().appId) throw imFailure(231007)
  message.reactions = message.reactions?.filter((one) => one !== reaction) ?? []
  changedMessage(kernel, message)
  emitReaction(kernel, message, { reaction, added: false })
  return wire(kernel, reaction, call)
}

function reactable(kernel: Kernel, call: ApiCall): Message {
  const message = findMessage(kernel, call.params.message_id ?? '')
  if (!message) throw imFailure(231003)
  if (message.state === 'recalled')
    throw imFailureText(230110, 'Action unavailable as the message has been deleted.')
  const chat = findChat(kernel, message.chat_id)
  if (chat?.status === 'dissolved') throw imFailure(232009)
  if (!chat?.hasBot) throw imFailure(231008)
  if (message.msg_type === 'system') throw imFailure(231017)
  return message
}

function wire(kernel: Kernel, reaction: Reaction, call: ApiCall): Record<string, unknown> {
  const type = idTypeOf(call.query.user_id_type)
  const person = reaction.byApp ? undefined : findPerson(kernel, reaction.by, 'open_id')
  return {
    reaction_id: reaction.reaction_id,
    operator: {
      operator_id: person?.[type] ?? reaction.by,
      operator_type: reaction.byApp ? 'app' : 'user',
    },
    action_time: String(reaction.at),
    reaction_type: { emoji_type: reaction.emoji },
  }
}

function emitReaction(
  kernel: Kernel,
  message: Message,
  change: { reaction: Reaction; added: boolean },
): void {
  const { reaction } = change
  kernel.events.emit({
    schema: '2.0',
    type: `im.message.reaction.${change.added ? 'created' : 'deleted'}_v1`,
    event: {
      message_id: message.message_id,
      reaction_type: { emoji_type: reaction.emoji },
      operator_type: 'app',
      app_id: reaction.by,
      action_time: String(change.added ? reaction.at : kernel.clock.now()),
    },
  })
}
