import type { Kernel } from '../../kernel/types.ts'
import { registerBotApi } from './bot-api.ts'
import { registerChatApi } from './chat-api.ts'
import { listChats } from './chats.ts'
import { registerDelayedUpdateApi } from './delayed-update-api.ts'
import type { Message } from './im-state.ts'
import { registerMemberApi } from './member-api.ts'
import { allMessages } from './message-store.ts'
import { createPace } from './pace.ts'
import { registerReadApi } from './read-api.ts'
import { registerSendApi } from './send-api.ts'
import { registerUpdateApi } from './update-api.ts'
import { registerUploadApi } from './upload-api.ts'
import { registerMessenger } from './web/index.ts'
import { registerWebClick } from './web-click.ts'

export { addChat } from './chats.ts'
export type { Chat } from './im-state.ts'

/** Messages, cards, chats and the bot. */
export function registerIm(kernel: Kernel): void {
  const pace = createPace(kernel)
  registerSendApi(kernel, pace)
  registerUpdateApi(kernel, pace)
  registerReadApi(kernel)
  registerUploadApi(kernel)
  registerDelayedUpdateApi(kernel)
  registerChatApi(kernel)
  registerMemberApi(kernel)
  registerBotApi(kernel)
  registerMessenger(kernel)
  registerWebClick(kernel)
  kernel.describe('chats', () =>
    listChats(kernel).map(({ chat_id, name, members, hasBot, status }) => ({
      chat_id,
      name,
      members,
      hasBot,
      status,
    })),
  )
  kernel.effect('messages', () =>
    allMessages(kernel)
      .filter(({ sender }) => sender.sender_type !== 'system')
      .map(effectOf),
  )
}

/** One sent message with its card as it is shown now and how often it changed. */
function effectOf(message: Message): Record<string, unknown> {
  const {
    message_id,
    chat_id,
    root_id,
    msg_type,
    sender,
    createdAt,
    updatedAt,
    state,
    versionCount,
    versions,
    urgent,
  } = message
  return {
    message_id,
    chat_id,
    ...(root_id && { root_id }),
    msg_type,
    sender_type: sender.sender_type,
    created_at: createdAt,
    updated_at: updatedAt,
    recalled: state === 'recalled',
    content: JSON.parse(message.content),
    ...(msg_type === 'interactive' && {
      versions: versionCount,
      history: versions.map(({ at, by }) => ({ at, by })),
    }),
    ...(urgent.length > 0 && { urgent }),
  }
}
