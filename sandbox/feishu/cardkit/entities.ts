import type { Kernel } from '../../kernel/types.ts'
import { findMessage } from '../im/message-store.ts'
import { addVersion } from '../im/messages.ts'
import { cardkitFailure } from './failures.ts'

const part = 'cardkit'
const lifeMs = 14 * 24 * 3_600_000
/** ms after which the platform ends streaming by itself */
const streamingMs = 10 * 60_000
const largestSequence = 2_147_483_647

export type CardObject = Record<string, unknown>

export interface CardEntity {
  card_id: string
  /** ms */
  createdAt: number
  /** The card, while no message shows it; from then on the message's content counts. */
  content: string
  /** The one message that shows it. */
  messageId?: string
  sequence: number
  /** keys of operations already done */
  uuids: string[]
  /** ms since when text streams; absent: it does not */
  streamingSince?: number
}

interface CardkitState {
  entities: Record<string, CardEntity>
  count: number
}

function cardkitState(kernel: Kernel): CardkitState {
  return kernel.state<CardkitState>(part, () => ({ entities: {}, count: 0 }))
}

/** A new entity of a checked card. Its id is digits, 19 of them. */
export function addEntity(kernel: Kernel, card: CardObject): CardEntity {
  const data = cardkitState(kernel)
  data.count++
  const entity: CardEntity = {
    card_id: `7${String(kernel.clock.now())}${String(data.count).padStart(5, '0')}`,
    createdAt: kernel.clock.now(),
    content: JSON.stringify(card),
    sequence: 0,
    uuids: [],
  }
  data.entities[entity.card_id] = entity
  noteStreaming(kernel, entity, card)
  kernel.changed(part)
  return entity
}

export function findEntity(kernel: Kernel, cardId: string): CardEntity | undefined {
  const { entities } = cardkitState(kernel)
  return Object.hasOwn(entities, cardId) ? entities[cardId] : undefined
}

/** @throws ApiFailure 200740 unknown, 200750 older than 14 days */
export function requireEntity(kernel: Kernel, cardId: string): CardEntity {
  const entity = findEntity(kernel, cardId)
  if (!entity) throw cardkitFailure(200740)
  if (kernel.clock.now() - entity.createdAt > lifeMs) throw cardkitFailure(200750)
  return entity
}

/** The entity a message content of the form `{"type":"card","data":{"card_id"}}` names, if it may still be sent. */
export function sendableEntity(kernel: Kernel, content: CardObject): CardEntity | undefined {
  const { card_id } = (content.data ?? {}) as { card_id?: unknown }
  const entity = findEntity(kernel, String(card_id ?? ''))
  if (!entity || entity.messageId !== undefined) return undefined
  return kernel.clock.now() - entity.createdAt > lifeMs ? undefined : entity
}

/** From now on this message shows the entity: an entity is sent once. */
export function bindEntity(kernel: Kernel, entity: CardEntity, messageId: string): void {
  entity.messageId = messageId
  kernel.changed(part)
}

export function entityOfMessage(kernel: Kernel, messageId: string): CardEntity | undefined {
  return Object.values(cardkitState(kernel).entities).find((one) => one.messageId === messageId)
}

/** The card as people see it now. */
export function cardOf(kernel: Kernel, entity: CardEntity): CardObject {
  const message = entity.messageId === undefined ? undefined : findMessage(kernel, entity.messageId)
  return JSON.parse(message?.content ?? entity.content) as CardObject
}

/** Shows another card; the message that shows the entity changes at once. */
export function replaceEntityCard(kernel: Kernel, entity: CardEntity, card: CardObject): void {
  const content = JSON.stringify(card)
  entity.content = content
  const message = entity.messageId === undefined ? undefined : findMessage(kernel, entity.messageId)
  if (message && message.state === 'live') addVersion(kernel, message, { content, by: 'patch' })
  noteStreaming(kernel, entity, card)
  kernel.changed(part)
}

/** Streaming ends by itself after ten minutes. */
export function streamingState(kernel: Kernel, entity: CardEntity): 'on' | 'off' | 'timed-out' {
  if (entity.streamingSince === undefined) return 'off'
  return kernel.clock.now() - entity.streamingSince > streamingMs ? 'timed-out' : 'on'
}

function noteStreaming(kernel: Kernel, entity: CardEntity, card: CardObject): void {
  const config = (card.config ?? {}) as { streaming_mode?: unknown }
  if (config.streaming_mode !== true) delete entity.streamingSince
  else if (streamingState(kernel, entity) !== 'on') entity.streamingSince = kernel.clock.now()
}

export interface Turn {
  sequence: number
  uuid: string | undefined
}

/** The turn of an operation: its uuid must be new and its number higher than the last one. @throws ApiFailure */
export function readTurn(entity: CardEntity, body: Record<string, unknown>): Turn {
  const sequence = Number(body.sequence)
  const uuid = typeof body.uuid === 'string' ? body.uuid : undefined
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > largestSequence) throw cardkitFailure(10002)
  if (uuid !== undefined && entity.uuids.includes(uuid)) throw cardkitFailure(200770)
  if (sequence <= entity.sequence) throw cardkitFailure(300317)
  return { sequence, uuid }
}

/** An operation succeeded. UNVERIFIED: that a refused one does not use its number up. */
export function endTurn(kernel: Kernel, entity: CardEntity, { sequence, uuid }: Turn): void {
  entity.sequence = sequence
  if (uuid !== undefined) entity.uuids = [...entity.uuids.slice(-99), uuid]
  kernel.changed(part)
}
