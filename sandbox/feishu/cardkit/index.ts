import { createRateLimiter } from '../../kernel/rate-limiter.ts'
import { type ApiCall, ApiFailure, type ApiRoute, type Kernel } from '../../kernel/types.ts'
import { findMessage } from '../im/message-store.ts'
import { runActions } from './batch.ts'
import { checkCard, checkChanged, parseJson, parseObject } from './check-card.ts'
import {
  addElements,
  changeSettings,
  deleteElement,
  patchElement,
  replaceElement,
  writeText,
} from './elements.ts'
import {
  addEntity,
  bindEntity,
  type CardEntity,
  type CardObject,
  cardOf,
  endTurn,
  entityOfMessage,
  readTurn,
  replaceEntityCard,
  requireEntity,
  streamingState,
} from './entities.ts'
import { type CardkitCode, cardkitFailure } from './failures.ts'

const limit = { perMinute: 1000, perSecond: 50 }
/** operations on one entity. Feishu docs: 卡片实体资源介绍 */
const perCard = { perSecond: 10 }

interface Operation {
  method: ApiRoute['method']
  path: string
  /** Code under which a card that is broken by the operation is refused. */
  broken: CardkitCode
  change(card: CardObject, call: ApiCall): void
}

const operations: readonly Operation[] = [
  {
    method: 'PATCH',
    path: 'settings',
    broken: 300122,
    change: (card, { body }) => changeSettings(card, parseObject(body.settings, 300122)),
  },
  {
    method: 'POST',
    path: 'batch_update',
    broken: 200220,
    change: (card, { body }) => runActions(card, parseJson(body.actions)),
  },
  {
    method: 'POST',
    path: 'elements',
    broken: 300315,
    change: (card, { body }) =>
      addElements(card, {
        type: body.type,
        target: body.target_element_id,
        elements: parseJson(body.elements),
      }),
  },
  {
    method: 'PUT',
    path: 'elements/:element_id',
    broken: 300121,
    change: (card, { body, params }) =>
      replaceElement(card, params.element_id ?? '', parseObject(body.element)),
  },
  {
    method: 'PATCH',
    path: 'elements/:element_id',
    broken: 300313,
    change: (card, { body, params }) =>
      patchElement(card, params.element_id ?? '', parseObject(body.partial_element)),
  },
  {
    method: 'DELETE',
    path: 'elements/:element_id',
    broken: 300314,
    change: (card, { params }) => deleteElement(card, params.element_id ?? ''),
  },
]

/** CardKit v1: card entities, changed piece by piece and with streaming text. */
export function registerCardkit(kernel: Kernel): void {
  const root = '/open-apis/cardkit/v1/cards'
  const pace = createRateLimiter(kernel.clock.now)
  kernel.api({ method: 'POST', path: root, limit, handle: (call) => create(kernel, call) })
  kernel.api({
    method: 'PUT',
    path: `${root}/:card_id`,
    limit,
    handle: (call) =>
      operate({ kernel, call, pace }, () => {
        const { data } = call.body.card as { data: unknown }
        return checkCard(kernel, parseObject(data))
      }),
  })
  for (const operation of operations) {
    kernel.api({
      method: operation.method,
      path: `${root}/:card_id/${operation.path}`,
      limit,
      handle: (call) =>
        operate({ kernel, call, pace }, (entity) => {
          const card = cardOf(kernel, entity)
          operation.change(card, call)
          return checkChanged(kernel, card, operation.broken)
        }),
    })
  }
  kernel.api({
    method: 'PUT',
    path: `${root}/:card_id/elements/:element_id/content`,
    limit,
    handle: (call) => operate({ kernel, call, pace }, (entity) => streamed(kernel, entity, call)),
  })
  kernel.api({
    method: 'POST',
    path: `${root}/id_convert`,
    limit,
    unverified: ['codes for messages that cannot become an entity'],
    handle: (call) => convert(kernel, call),
  })
}

function create(kernel: Kernel, { body }: ApiCall): { card_id: string } {
  // UNVERIFIED: the code for a template that does not exist; this world has none.
  if (body.type !== 'card_json') throw cardkitFailure(10002, `type ${String(body.type)} is not available`)
  const card = checkCard(kernel, parseObject(body.data))
  return { card_id: addEntity(kernel, card).card_id }
}

interface Work {
  kernel: Kernel
  call: ApiCall
  pace: ReturnType<typeof createRateLimiter>
}

/** One operation on an entity, in its turn: what `change` returns is shown. */
function operate({ kernel, call, pace }: Work, change: (entity: CardEntity) => CardObject): unknown {
  const entity = requireEntity(kernel, call.params.card_id ?? '')
  pace.spend(`card ${entity.card_id}`, perCard)
  const turn = readTurn(entity, call.body)
  replaceEntityCard(kernel, entity, change(entity))
  endTurn(kernel, entity, turn)
  return {}
}

function streamed(kernel: Kernel, entity: CardEntity, call: ApiCall): CardObject {
  const state = streamingState(kernel, entity)
  if (state === 'off') throw cardkitFailure(300309)
  if (state === 'timed-out') throw cardkitFailure(200850)
  const card = cardOf(kernel, entity)
  writeText(card, call.params.element_id ?? '', String(call.body.content))
  return checkChanged(kernel, card, 300313)
}

/** A card that was sent as JSON becomes an entity, so that it can be changed piece by piece. */
function convert(kernel: Kernel, { body }: ApiCall): { card_id: string } {
  const message = findMessage(kernel, String(body.message_id))
  if (message?.msg_type !== 'interactive' || message.state !== 'live')
    throw cardkitFailure(10002, 'message_id names no card')
  if (message.sender.sender_type !== 'app')
    throw new ApiFailure(300311, 'The current application does not have permission to update/use this card')
  const known = entityOfMessage(kernel, message.message_id)
  if (known) return { card_id: known.card_id }
  const entity = addEntity(kernel, checkCard(kernel, parseObject(message.content)))
  bindEntity(kernel, entity, message.message_id)
  return { card_id: entity.card_id }
}
