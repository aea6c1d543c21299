import type { Kernel } from '../../kernel/types.ts'
import { sendableEntity } from '../cardkit/entities.ts'
import { findPerson } from '../contact/people.ts'
import { CardProblem, cardFailure, validateCard } from './card-validator/index.ts'
import { imFailure } from './failures.ts'
import { messageState } from './im-state.ts'
import { checkPost } from './post.ts'

const textBytes = 150 * 1024
const cardBytes = 30 * 1024
/** cards name people by any of these */
const idTypes = ['open_id', 'user_id', 'union_id'] as const

const types = new Set([
  'text',
  'post',
  'image',
  'file',
  'audio',
  'media',
  'sticker',
  'interactive',
  'share_chat',
  'share_user',
  'system',
])

/** Checks `content` (a JSON text) for its type; throws the platform's refusal. Feishu docs: 发送消息内容. */
export function checkContent(kernel: Kernel, type: string, content: string): void {
  if (!types.has(type)) throw imFailure(230001, `invalid msg_type: ${type}`)
  const most = type === 'text' ? textBytes : cardBytes
  if (Buffer.byteLength(content) > most) throw imFailure(230025)
  const value = parseContent(content)
  if (type === 'interactive') checkCard(kernel, value)
  else checks[type]?.(kernel, value)
}

/** Checks a card on its way in; a template is refused because none exists in this world. */
function checkCard(kernel: Kernel, card: Record<string, unknown>): void {
  try {
    if (card.type === 'template') {
      throw new CardProblem(
        200380,
        'template does not exist, please confirm whether this template has been released',
        {
          value: `templateID: ${String((card.data as { template_id?: string } | undefined)?.template_id)}`,
        },
      )
    }
    if (card.type === 'card') {
      if (!sendableEntity(kernel, card)) throw new CardProblem(11310, 'cardid is invalid')
      return
    }
    validateCard(card, knownIn(kernel))
  } catch (error) {
    if (error instanceof CardProblem) throw cardFailure(error)
    throw error
  }
}

export function knownIn(kernel: Kernel) {
  return {
    image: (key: string) => Object.hasOwn(messageState(kernel).images, key),
    person: (id: string) => idTypes.some((type) => findPerson(kernel, id, type) !== undefined),
  }
}

/** Content as an object, or 230001. */
export function parseContent(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // refused below
  }
  throw imFailure(230001, 'content is not a string in json format')
}

const checks: Record<string, (kernel: Kernel, value: Record<string, unknown>) => void> = {
  text(_kernel, value) {
    if (typeof value.text !== 'string' || value.text === '') throw imFailure(230001, 'text content is empty')
  },
  post: checkPost,
  image(kernel, value) {
    if (!Object.hasOwn(messageState(kernel).images, String(value.image_key)))
      throw imFailure(230001, 'invalid image_key')
  },
  file(kernel, value) {
    if (!Object.hasOwn(messageState(kernel).files, String(value.file_key)))
      throw imFailure(230001, 'invalid file_key')
  },
  share_chat(_kernel, value) {
    if (typeof value.chat_id !== 'string') throw imFailure(230001, 'invalid chat_id')
  },
  share_user(_kernel, value) {
    if (typeof value.user_id !== 'string') throw imFailure(230001, 'invalid user_id')
  },
}
