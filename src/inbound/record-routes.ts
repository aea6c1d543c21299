/** `POST /channels/:shopId/records`: records that a script, a crawler or another system hands to us, signed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Clock } from '#src/clock.ts'
import type { AnyConnector, Verdict } from '#src/contracts/connector.ts'
import { AppError, DataError, messageOf } from '#src/errors.ts'
import { type AcceptDeps, acceptDelivery } from '#src/intake/accept.ts'
import type { IntakeSource } from '#src/intake/source.ts'
import { pushRequest } from './push-request.ts'
import { keepRawBodies } from './raw-body.ts'
import type { UnverifiedLimit } from './unverified-limit.ts'

export interface RecordRoutesDeps extends AcceptDeps {
  sources: readonly IntakeSource[]
  limit: UnverifiedLimit
  clock: Clock
  /** Real time: senders stamp their requests with it even while a demo's clock was moved. */
  senderClock: Clock
  /** `stored`, `repeated` or `refused`, for the metrics */
  observe?: (connector: string, outcome: string) => void
}

/** 8 MB: a thousand records of generous size. */
const maxBatchBytes = 8 * 1024 * 1024
const params = z.object({ shopId: z.string() })

type Accepting = AnyConnector & { accept: NonNullable<AnyConnector['accept']> }
type Door = IntakeSource & { connector: Accepting }

export function registerRecordRoutes(app: FastifyInstance, deps: RecordRoutesDeps): void {
  const doors = doorsOf(deps.sources)

  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const door = doors.get(params.parse(request.params).shopId)
    if (door === undefined)
      return unverified(request, reply, {
        status: 404,
        code: 'records_unknown_shop',
        message: 'No records are taken here. 这里不接收数据，请核对店铺编号。',
      })
    const given = pushRequest(request)
    const verdict = judge(door, given, deps.senderClock.now())
    if (!verdict.ok) {
      request.log.warn({ reason: verdict.reason, shop: door.shop.id, address: request.ip }, 'records refused')
      deps.observe?.(door.connector.id, 'refused')
      return unverified(request, reply, { status: 401, code: 'signature_invalid', message: verdict.reason })
    }
    try {
      const delivery = door.connector.accept.read(given)
      const answer = await acceptDelivery(deps, {
        source: door,
        delivery,
        raw: given.raw,
        at: deps.clock.now(),
      })
      deps.observe?.(door.connector.id, answer.repeated ? 'repeated' : 'stored')
      return reply.send(answer)
    } catch (error) {
      return refuse(reply, error)
    }
  }

  const unverified = (
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: { status: number; code: string; message: string },
  ) => {
    if (deps.limit.isExceeded(request.ip, deps.clock.now()))
      return sendError(reply, 429, { code: 'too_many_requests', message: 'Too many unverified requests' })
    return sendError(reply, refusal.status, refusal)
  }

  app.register(async (scope) => {
    keepRawBodies(scope, maxBatchBytes)
    scope.post('/channels/:shopId/records', { bodyLimit: maxBatchBytes }, receive)
  })
}

function doorsOf(sources: readonly IntakeSource[]): Map<string, Door> {
  const doors = new Map<string, Door>()
  for (const source of sources) {
    const { accept } = source.connector
    if (accept !== undefined)
      doors.set(source.shop.id, { ...source, connector: { ...source.connector, accept } })
  }
  return doors
}

/** A verifier that stumbles over hostile input has not verified it. */
function judge(door: Door, request: ReturnType<typeof pushRequest>, now: number): Verdict {
  try {
    return door.connector.accept.verify(request, door.config, now)
  } catch (error) {
    return { ok: false, reason: messageOf(error) }
  }
}

/** What the sender did wrong; anything else is ours and answered as such. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof DataError) {
    const { path } = error.context
    return sendError(reply, 400, {
      code: error.code,
      message: error.message,
      ...(typeof path === 'string' && { path }),
    })
  }
  if (error instanceof AppError && error.code === 'idempotency_key_reused')
    return sendError(reply, 409, { code: error.code, message: error.message })
  throw error
}

function sendError(
  reply: FastifyReply,
  status: number,
  error: { code: string; message: string; path?: string },
): FastifyReply {
  const { code, message, path } = error
  return reply.code(status).send({ error: { code, message, ...(path !== undefined && { path }) } })
}
