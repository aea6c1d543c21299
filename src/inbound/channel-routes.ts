/** `/channels/:shopId/push`: POST is verified by the shop's connector, kept in the inbox, answered as the channel expects; GET checks the address. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Clock } from '#src/clock.ts'
import type { AnyConnector, PushReply, PushRequest, Verdict } from '#src/contracts/connector.ts'
import { messageOf } from '#src/errors.ts'
import { type PushConnector, pushItem } from './channel-push.ts'
import type { InboxStore } from './inbox-store.ts'
import { pushRequest } from './push-request.ts'
import { keepRawBodies, maxBodyBytes } from './raw-body.ts'
import type { UnverifiedLimit } from './unverified-limit.ts'

export interface PushSource {
  shop: { id: string }
  connector: AnyConnector
  config: unknown
}

export interface ChannelRoutesDeps {
  sources: readonly PushSource[]
  store: InboxStore
  limit: UnverifiedLimit
  clock: Clock
  /** `new`, `duplicate` or `refused`, for the metrics */
  observe?: (connector: string, outcome: string) => void
}

const params = z.object({ shopId: z.string() })

export function registerChannelRoutes(app: FastifyInstance, deps: ChannelRoutesDeps): void {
  const doors = pushDoors(deps.sources)

  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { shopId } = params.parse(request.params)
    const door = doors.get(shopId)
    if (door === undefined) return notFound(request, reply)
    const push = pushRequest(request)
    const verdict = judge(door, push)
    if (!verdict.ok) return refuse(request, reply, { door, verdict })
    const { connector, config } = door
    const item = pushItem(connector, { shopId, request: push, config, receivedAt: deps.clock.now() })
    const [committed] = await deps.store.commit([item])
    deps.observe?.(door.connector.id, committed ?? 'duplicate')
    return answer(reply, door.connector.push.reply({ ok: true }, push))
  }

  /** Nothing is kept of an address check. */
  const echo = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const door = doors.get(params.parse(request.params).shopId)
    if (door?.connector.push.echo === undefined) return notFound(request, reply)
    const echoed = door.connector.push.echo(pushRequest(request), door.config)
    if (echoed !== undefined) return answer(reply, echoed)
    return refuse(request, reply, { door, verdict: { ok: false, reason: 'address check is not signed' } })
  }

  const notFound = (request: FastifyRequest, reply: FastifyReply) => {
    const status = deps.limit.isExceeded(request.ip, deps.clock.now()) ? 429 : 404
    return reply
      .code(status)
      .send({ error: { code: 'push_unknown_shop', message: 'Nothing is received here' } })
  }

  const refuse = (
    request: FastifyRequest,
    reply: FastifyReply,
    refused: { door: Door; verdict: Verdict & { ok: false } },
  ) => {
    const connector = refused.door.connector
    deps.observe?.(connector.id, 'refused')
    if (deps.limit.isExceeded(request.ip, deps.clock.now()))
      return reply
        .code(429)
        .send({ error: { code: 'too_many_requests', message: 'Too many unverified pushes' } })
    const { reason } = refused.verdict
    request.log.warn({ reason, connector: connector.id, address: request.ip }, 'push refused')
    return answer(reply, connector.push.reply(refused.verdict))
  }

  app.register(async (scope) => {
    keepRawBodies(scope)
    scope.post('/channels/:shopId/push', { bodyLimit: maxBodyBytes }, receive)
    scope.get('/channels/:shopId/push', echo)
  })
}

interface Door {
  connector: PushConnector
  config: unknown
}

/** A shop's pushes come from its channel; an ERP's door is only used when the channel has none. */
function pushDoors(sources: readonly PushSource[]): Map<string, Door> {
  const doors = new Map<string, Door>()
  for (const { shop, connector, config } of sources) {
    if (connector.push === undefined) continue
    if (doors.has(shop.id) && connector.role !== 'channel') continue
    doors.set(shop.id, { connector: { ...connector, push: connector.push }, config })
  }
  return doors
}

/** A verifier that stumbles over hostile input has not verified it. */
function judge(door: Door, push: PushRequest): Verdict {
  try {
    return door.connector.push.verify(push, door.config)
  } catch (error) {
    return { ok: false, reason: messageOf(error) }
  }
}

const answer = (reply: FastifyReply, push: PushReply) =>
  reply.code(push.status).header('content-type', push.contentType).send(push.body)
