import type { Kernel } from '../../kernel/types.ts'
import { sendableEntity } from '../cardkit/entities.ts'
import { findPerson } from '../contact/people.ts'
import { CardProblem, cardFailure, validateCard } from './card-validator/index.ts'
import { findChat } from './chats.ts'
import { imFailure } from './failures.ts'
import { type Chat, messageState } from './im-state.ts'
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
export function checkContent(kernel: Kernel, type: string, content: string, chat?: Chat): void {
  if (!types.has(type)) throw imFailure(230001, `invalid msg_type: ${type}`)
  const most = type === 'text' ? textBytes : cardBytes
  if (Buffer.byteLength(content) > most) throw imFailure(230025)
  const value = parseContent(content)
  if (type === 'interactive') checkCard(kernel, value)
  else checks[type]?.(kernel, value, chat)
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

type Check = (kernel: Kernel, value: Record<string, unknown>, chat: Chat | undefined) => void

const checks: Record<string, Check> = {
  text(_kernel, value) {
    if (typeof value.text !== 'string' || value.text === '') throw imFailure(230001, 'text content is empty')
  },
  post: (kernel, value) => checkPost(kernel, value),
  image: (kernel, value, chat) => needImage(kernel, value.image_key, chat),
  file: (kernel, value, chat) => needFile(kernel, value.file_key, { chat }),
  audio: (kernel, value, chat) => needFile(kernel, value.file_key, { chat, type: 'opus' }),
  media(kernel, value, chat) {
    needFile(kernel, value.file_key, { chat, type: 'mp4' })
    if (value.image_key !== undefined && value.image_key !== '') needImage(kernel, value.image_key, chat)
  },
  // Only stickers that were received can be sent, and nobody sends any in this world.
  sticker() {
    throw imFailure(230001, 'invalid file_key')
  },
  share_chat(kernel, value) {
    const shared = findChat(kernel, String(value.chat_id))
    if (!shared) throw imFailure(230001, 'invalid chat_id')
    if (shared.mode === 'p2p') throw imFailure(230015)
    if (!shared.hasBot) throw imFailure(230017)
  },
  share_user(kernel, value) {
    if (!findPerson(kernel, String(value.user_id), 'open_id')) throw imFailure(230001, 'invalid user_id')
  },
  system(_kernel, value, chat) {
    const params = value.params as { divider_text?: { text?: unknown } } | undefined
    const text = params?.divider_text?.text
    if (value.type !== 'divider' || typeof text !== 'string' || text === '')
      throw imFailure(230001, 'invalid system content')
    if (chat?.mode !== 'p2p') throw imFailure(230054)
  },
}

/** The app sends what it uploaded itself (`chat` is given for it); people send what they picked. */
function needImage(kernel: Kernel, key: unknown, chat: Chat | undefined): void {
  const { images } = messageState(kernel)
  const image = Object.hasOwn(images, String(key)) ? images[String(key)] : undefined
  if (!image) throw imFailure(230001, 'invalid image_key')
  if (chat && image.by !== undefined) throw imFailure(230017)
}

function needFile(kernel: Kernel, key: unknown, wanted: { chat: Chat | undefined; type?: string }): void {
  const { files } = messageState(kernel)
  const file = Object.hasOwn(files, String(key)) ? files[String(key)] : undefined
  if (!file) throw imFailure(230001, 'invalid file_key')
  if (wanted.chat && file.by !== undefined) throw imFailure(230017)
  const fits = wanted.type === undefined ? true : file.type === wanted.type
  if (!fits) throw imFailure(230055)
}
