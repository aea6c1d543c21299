import type { Kernel } from '../../kernel/types.ts'
import { registerAppControl } from './app-control.ts'
import { registerBatchMessageApi } from './batch-message-api.ts'
import { registerBotApi } from './bot-api.ts'
import { registerChatApi } from './chat-api.ts'
import { listChats } from './chats.ts'
import { registerDelayedUpdateApi } from './delayed-update-api.ts'
import { registerFollowUpApi } from './follow-up-api.ts'
import { registerForwardApi } from './forward-api.ts'
import type { Message } from './im-state.ts'
import { registerLinkApi } from './link-api.ts'
import { registerManagerApi } from './manager-api.ts'
import { registerMemberApi } from './member-api.ts'
import { registerMenuApi } from './menu-api.ts'
import { allMessages } from './message-store.ts'
import { registerModerationApi } from './moderation-api.ts'
import { createPace } from './pace.ts'
import { registerPinApi } from './pin-api.ts'
import { registerReactionApi } from './reaction-api.ts'
import { registerReadApi } from './read-api.ts'
import { registerResourceApi } from './resource-api.ts'
import { registerSendApi } from './send-api.ts'
import { registerTabApi } from './tab-api.ts'
import { registerTopNoticeApi } from './top-notice-api.ts'
import { registerUpdateApi } from './update-api.ts'
import { registerUploadApi } from './upload-api.ts'
import { registerUrgentApi } from './urgent-api.ts'
import { registerMessenger } from './web/index.ts'
import { registerWebClick } from './web-click.ts'

export { addChat } from './chats.ts'
export type { Chat } from './im-state.ts'

/** Messages, cards, chats and the bot. */
export function registerIm(kernel: Kernel): void {
  const pace = createPace(kernel)
  registerSendApi(kernel, pace)
  registerUpdateApi(kernel, pace)
  registerForwardApi(kernel, pace)
  registerReadApi(kernel)
  registerUrgentApi(kernel)
  registerReactionApi(kernel)
  registerPinApi(kernel, pace)
  registerFollowUpApi(kernel)
  registerBatchMessageApi(kernel)
  registerUploadApi(kernel)
  registerResourceApi(kernel)
  registerDelayedUpdateApi(kernel)
  registerChatApi(kernel)
  registerMemberApi(kernel)
  registerManagerApi(kernel)
  registerModerationApi(kernel)
  registerLinkApi(kernel)
  registerMenuApi(kernel)
  registerTabApi(kernel)
  registerTopNoticeApi(kernel)
  registerAppControl(kernel)
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
      .filter(({ sender, upper_message_id }) => sender.sender_type !== 'system' && !upper_message_id)
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
