import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { chatApi } from './chat-route.ts'
import { changedChats } from './chats.ts'
import { imFailure } from './failures.ts'
import type { Chat } from './im-state.ts'
import { botOwns } from './rights.ts'

const mostManagers = 10
const mostPeople = 50
const mostBots = 5

/** Group managers. Feishu docs: 指定群管理员, 删除群管理员. */
export function registerManagerApi(kernel: Kernel): void {
  chatApi(kernel, {
    method: 'POST',
    path: '/managers/add_managers',
    handle(chat, call) {
      const ids = managersOf(kernel, chat, call)
      const managers = [...new Set([...(chat.managers ?? []), ...ids])]
      if (managers.length > mostManagers) throw imFailure(232040)
      return keep(kernel, chat, managers, call)
    },
  })
  chatApi(kernel, {
    method: 'POST',
    path: '/managers/delete_managers',
    handle(chat, call) {
      const ids = managersOf(kernel, chat, call)
      return keep(
        kernel,
        chat,
        (chat.managers ?? []).filter((one) => !ids.includes(one)),
        call,
      )
    },
  })
}

/** open_ids of the named members; only the owner may name them. */
function managersOf(kernel: Kernel, chat: Chat, call: ApiCall): string[] {
  if (!botOwns(chat)) throw imFailure(232038)
  const ids = (call.body.manager_ids ?? []) as string[]
  const isBots = call.query.member_id_type === 'app_id'
  if (ids.length === 0 || ids.length > (isBots ? mostBots : mostPeople)) throw imFailure(232001)
  const { appId, botOpenId } = kernel.identity()
  const type = idTypeOf(call.query.member_id_type)
  const found = ids.map((id) =>
    isBots ? (id === appId ? botOpenId : undefined) : findPerson(kernel, id, type)?.open_id,
  )
  const members = found.filter((id) => id !== undefined && (id === botOpenId || chat.members.includes(id)))
  if (members.length === 0) throw imFailure(232027)
  return members.filter((id) => id !== undefined)
}

function keep(kernel: Kernel, chat: Chat, managers: string[], call: ApiCall): unknown {
  chat.managers = managers
  changedChats(kernel)
  const { appId, botOpenId } = kernel.identity()
  const type = idTypeOf(call.query.member_id_type)
  const people = managers.filter((id) => id !== botOpenId)
  return {
    chat_managers: people.map((id) => findPerson(kernel, id, 'open_id')?.[type] ?? id),
    chat_bot_managers: managers.includes(botOpenId) ? [appId] : [],
  }
}
