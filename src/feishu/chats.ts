import { z } from 'zod'
import { allPages } from './all-pages.ts'
import type { Call } from './call.ts'
import { pageAnswer, pageParam } from './page-answer.ts'
import { pathPart } from './path-part.ts'
import type { Chats } from './types.ts'

const listed = z
  .object({ chat_id: z.string(), name: z.string().default('') })
  .transform((chat) => ({ chatId: chat.chat_id, name: chat.name }))

const created = z.object({ chat_id: z.string() })

const added = z
  .object({
    invalid_id_list: z.array(z.string()).nullish(),
    not_existed_id_list: z.array(z.string()).nullish(),
  })
  .transform((data) => ({ invalid: [...(data.invalid_id_list ?? []), ...(data.not_existed_id_list ?? [])] }))

/** Feishu docs, 创建群 and 将用户或机器人拉入群聊: at most 50 users a call. */
const membersPerCall = 50
/** Those who cannot join do not keep the others out. */
const addWhoCan = 1

export function createChats(call: Call): Chats {
  const addSome = (chatId: string, openIds: string[], purpose: string) =>
    call({
      api: 'im.chat.members.create',
      purpose,
      answer: added,
      send: (sdk, auth) =>
        sdk.im.v1.chatMembers.create(
          {
            path: { chat_id: pathPart(chatId) },
            params: { member_id_type: 'open_id', succeed_type: addWhoCan },
            data: { id_list: openIds },
          },
          auth,
        ),
    })

  const addMembers: Chats['addMembers'] = async (chatId, openIds, { purpose }) => {
    const invalid: string[] = []
    // One after the other: the platform refuses concurrent additions to one group (232019).
    for (let i = 0; i < openIds.length; i += membersPerCall)
      invalid.push(...(await addSome(chatId, openIds.slice(i, i + membersPerCall), purpose)).invalid)
    return { invalid }
  }

  return {
    list: ({ purpose }) =>
      allPages((token) =>
        call({
          api: 'im.chat.list',
          purpose,
          answer: pageAnswer(listed),
          send: (sdk, auth) => sdk.im.v1.chat.list({ params: { page_size: 100, ...pageParam(token) } }, auth),
        }),
      ),
    async create(chat, options) {
      const { chat_id } = await call({
        api: 'im.chat.create',
        purpose: options.purpose,
        answer: created,
        send: (sdk, auth) =>
          sdk.im.v1.chat.create(
            {
              params: { user_id_type: 'open_id', uuid: chat.uuid },
              data: {
                name: chat.name,
                user_id_list: chat.members.slice(0, membersPerCall),
                ...(chat.ownerId === undefined ? {} : { owner_id: chat.ownerId }),
              },
            },
            auth,
          ),
      })
      if (chat.members.length > membersPerCall)
        await addMembers(chat_id, chat.members.slice(membersPerCall), options)
      return chat_id
    },
    addMembers,
  }
}
