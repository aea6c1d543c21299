import type { Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/index.ts'
import { findMedia } from '../drive/media-store.ts'
import { findChat } from '../im/chats.ts'
import type { Directory } from './directory.ts'

/** People, chats and uploads of the sandbox's tenant. */
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
    media: (fileToken) => findMedia(kernel, fileToken),
  }
}
