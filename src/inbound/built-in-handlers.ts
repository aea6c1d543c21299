/** Handlers of the machine itself; those of Feishu's events come from the parts they concern. */
import type { Clock } from '#src/clock.ts'
import type { AnyConnector } from '#src/contracts/connector.ts'
import { DataError } from '#src/errors.ts'
import { wantFetches } from '#src/intake/want-fetches.ts'
import { type OnPress, readPress } from './card-press.ts'
import { requestOf } from './channel-push.ts'
import type { InboxHandler } from './drain.ts'

type Source = { shop: { id: string }; connector: AnyConnector; config: unknown }

export interface PushHandlerDeps {
  sources: readonly Source[]
  clock: Clock
}

/** The shop a message is about: the one that knocked, or another of the same app that the message names. */
function shopOf(deps: PushHandlerDeps, door: Source, channelShopId: string | undefined): string | undefined {
  const { connector } = door
  if (channelShopId === undefined || connector.channelShopId === undefined) return door.shop.id
  const named = deps.sources.find(
    (s) => s.connector.id === connector.id && connector.channelShopId?.(s.config) === channelShopId,
  )
  return named?.shop.id
}

/** `channel:push`: a push only says what changed; the records are fetched by the fetch loop. */
export function createPushHandler(deps: PushHandlerDeps): InboxHandler {
  return async (tx, message) => {
    const shopId = message.source.slice('channel:'.length)
    const sources = deps.sources.filter(
      ({ shop, connector }) => shop.id === shopId && connector.push !== undefined,
    )
    const source = sources.find(({ connector }) => connector.role === 'channel') ?? sources[0]
    if (source?.connector.push === undefined)
      throw new DataError('push_unknown_shop', `Shop ${shopId} no longer takes pushes`)
    const hints = source.connector.push.parse(requestOf(message), source.config).flatMap((inbound) => {
      if (inbound.kind === 'ignore') return []
      const { resource, externalId } = inbound
      const about = shopOf(deps, source, inbound.channelShopId)
      // A shop of the same app that is not connected here.
      if (about === undefined) return []
      return [{ shopId: about, connector: source.connector.id, resource, externalId, trace: message.trace }]
    })
    await wantFetches(tx, hints, deps.clock.now())
  }
}

/** `feishu:card.action.trigger`: finishes a press whose process died, or whose handler failed, before it was done. */
export function createPressHandler(onPress: OnPress): InboxHandler {
  return async (_tx, message) => {
    const reading = readPress(JSON.parse(message.raw.toString('utf8')), message.receivedAt)
    if (!reading.ok) throw new DataError('inbound_unreadable', `${reading.path}: ${reading.message}`)
    await onPress(reading.press)
  }
}
