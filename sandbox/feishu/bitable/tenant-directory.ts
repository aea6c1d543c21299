import type { Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/index.ts'
import { findChat } from '../im/chats.ts'
import type { Directory } from './directory.ts'

/** People and chats of the sandbox's tenant. Uploads are not looked up yet: any file_token is taken. */
export function tenantDirectory(kernel: Kernel): Directory {
  return {
    person(id, idType) {
      const found = findPerson(kernel, id, idType)
      if (!found) return undefined
      const { open_id, user_id, union_id, name, email } = found
      return { open_id, user_id, union_id, name, en_name: name, email, avatar_url: '' }
    },
    chat(chatId) {
      const found = findChat(kernel, chatId)
      return found && { name: found.name, avatar_url: '' }
    },
  }
}
