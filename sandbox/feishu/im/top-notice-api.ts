import type { Kernel } from '../../kernel/types.ts'
import { chatApi } from './chat-route.ts'
import { changedChats } from './chats.ts'
import { imFailure } from './failures.ts'
import { findMessage } from './message-store.ts'

/** The notice at the top of a group, and its announcement. Feishu docs: 更新群置顶, 撤销群置顶, 群公告. */
export function registerTopNoticeApi(kernel: Kernel): void {
  chatApi(kernel, {
    method: 'POST',
    path: '/top_notice/put_top_notice',
    handle(chat, call) {
      const [notice] = call.body.chat_top_notice as { action_type: string; message_id?: string }[]
      const { action_type: type, message_id: id } = notice ?? {}
      if (type !== '1' && type !== '2') throw imFailure(232001)
      const message = findMessage(kernel, id ?? '')
      if (type === '1' && (message?.chat_id !== chat.chat_id || message.state === 'recalled'))
        throw imFailure(232001)
      chat.notice = {
        action_type: type,
        ...(type === '1' && id && { message_id: id }),
        by: kernel.identity().appId,
        at: kernel.clock.now(),
      }
      changedChats(kernel)
    },
  })
  chatApi(kernel, {
    method: 'POST',
    path: '/top_notice/delete_top_notice',
    handle(chat) {
      delete chat.notice
      changedChats(kernel)
    },
  })
  for (const method of ['GET', 'PATCH'] as const)
    chatApi(kernel, {
      method,
      path: '/announcement',
      unverified: [
        'every group of this world has an announcement of the new kind, so the old calls answer 232097',
      ],
      handle() {
        throw imFailure(232097)
      },
    })
}
