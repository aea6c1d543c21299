import { z } from 'zod'
import type { Call, SubjectLimit } from './call.ts'
import { perChat, perMessage } from './limit-table.ts'
import { pageAnswer, pageParam } from './page-answer.ts'
import { pathPart } from './path-part.ts'
import type { CallOptions, ListedMessage, Messages, SentMessage } from './types.ts'

type Receiver = { chatId: string } | { openId: string }

const sent = z
  .object({
    message_id: z.string(),
    chat_id: z.string().default(''),
    create_time: z.coerce.number().default(0),
  })
  .transform(
    (data): SentMessage => ({
      messageId: data.message_id,
      chatId: data.chat_id,
      createdAt: data.create_time,
    }),
  )

const listedItem = z
  .object({
    message_id: z.string(),
    chat_id: z.string().default(''),
    create_time: z.coerce.number(),
    msg_type: z.string().default(''),
    deleted: z.boolean().default(false),
    sender: z.object({ sender_type: z.string().default('') }).optional(),
    body: z.object({ content: z.string().default('') }).optional(),
  })
  .transform(
    (item): ListedMessage => ({
      messageId: item.message_id,
      chatId: item.chat_id,
      createdAt: item.create_time,
      msgType: item.msg_type,
      content: item.body?.content ?? '',
      deleted: item.deleted,
      senderType: item.sender?.sender_type ?? '',
    }),
  )

const receiverOf = (to: Receiver) =>
  'chatId' in to
    ? { type: 'chat_id' as const, id: to.chatId, key: `feishu.chat:${to.chatId}` }
    : { type: 'open_id' as const, id: to.openId, key: `feishu.user:${to.openId}` }

export function createMessages(call: Call): Messages {
  const send = (
    to: Receiver,
    message: { msg_type: string; content: string; uuid: string },
    options: CallOptions,
  ) => {
    const receiver = receiverOf(to)
    return call({
      api: 'im.message.create',
      purpose: options.purpose,
      answer: sent,
      subject: { key: receiver.key, rate: perChat },
      send: (sdk, auth) =>
        sdk.im.v1.message.create(
          { params: { receive_id_type: receiver.type }, data: { receive_id: receiver.id, ...message } },
          auth,
        ),
    })
  }

  return {
    sendCard: (to, card, uuid, options) =>
      send(to, { msg_type: 'interactive', content: card, uuid }, options),
    sendText: (to, text, uuid, options) =>
      send(to, { msg_type: 'text', content: JSON.stringify({ text }), uuid }, options),
    replyCard: (messageId, card, uuid, options) =>
      call({
        api: 'im.message.reply',
        purpose: options.purpose,
        answer: sent,
        send: (sdk, auth) =>
          sdk.im.v1.message.reply(
            {
              path: { message_id: pathPart(messageId) },
              data: { msg_type: 'interactive', content: card, uuid },
            },
            auth,
          ),
      }),
    async patchCard(messageId, card, options) {
      const subject: SubjectLimit = { key: `feishu.message:${messageId}`, rate: perMessage }
      await call({
        api: 'im.message.patch',
        purpose: options.purpose,
        answer: z.unknown(),
        subject,
        send: (sdk, auth) =>
          sdk.im.v1.message.patch(
            { path: { message_id: pathPart(messageId) }, data: { content: card } },
            auth,
          ),
      })
    },
    async list(chatId, range, options) {
      const data = await call({
        api: 'im.message.list',
        purpose: options.purpose,
        answer: pageAnswer(listedItem),
        send: (sdk, auth) => sdk.im.v1.message.list({ params: listParams(chatId, range) }, auth),
      })
      return { items: data.items, next: data.next }
    },
  }
}

/** The API takes whole seconds; cards come back as they were sent only when asked for. */
const listParams = (chatId: string, range: { from: number; to: number; pageToken?: string }) => ({
  container_id_type: 'chat',
  container_id: chatId,
  start_time: String(Math.floor(range.from / 1_000)),
  end_time: String(Math.ceil(range.to / 1_000)),
  sort_type: 'ByCreateTimeDesc' as const,
  page_size: 50,
  card_msg_content_type: 'user_card_content',
  ...pageParam(range.pageToken),
})
