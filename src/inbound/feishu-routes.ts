/** `POST /feishu/events` and `POST /feishu/callback`: what a Feishu app in webhook mode is configured with. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '#src/clock.ts'
import { ConfigError } from '#src/errors.ts'
import type { FeishuInbox, Received } from './feishu-inbox.ts'
import { createFeishuVerifier, type FeishuKeys, type FeishuRefusal } from './feishu-verify.ts'
import { keepRawBodies, maxBodyBytes, rawBody } from './raw-body.ts'
import type { UnverifiedLimit } from './unverified-limit.ts'

export interface FeishuRoutesDeps {
  keys: FeishuKeys
  inbox: FeishuInbox
  limit: UnverifiedLimit
  clock: Clock
  /** What the sender's timestamps are compared with, when our own clock follows a sandbox's; default `clock`. */
  senderClock?: Clock
  /** Told of every answer, for the metrics: `new`, `duplicate`, `challenge` or the reason of the refusal. */
  observe?: (outcome: string) => void
}

type Refusal = FeishuRefusal | 'replayed' | 'too-many'

const statusOf: Record<Refusal, number> = {
  signature: 401,
  unsigned: 401,
  plaintext: 401,
  token: 401,
  expired: 401,
  future: 401,
  replayed: 401,
  'too-many': 429,
}

/** Both routes take both kinds: admins may give one address for events and callbacks. */
export function registerFeishuRoutes(app: FastifyInstance, deps: FeishuRoutesDeps): void {
  requireKeys(deps.keys)
  const verify = createFeishuVerifier(deps.keys)
  const senderClock = deps.senderClock ?? deps.clock

  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const verdict = verify({ headers: request.headers, raw: rawBody(request) }, senderClock.now())
    switch (verdict.kind) {
      case 'challenge':
        deps.observe?.('challenge')
        return reply.send({ challenge: verdict.challenge })
      case 'refused':
        return refuse(request, reply, verdict.reason)
      case 'unreadable':
        return acknowledge(request, reply, {
          stale: verdict.stale,
          received: await deps.inbox.park(verdict.bytes, verdict.reason),
        })
      case 'authentic':
        return acknowledge(request, reply, {
          stale: verdict.stale,
          received: await deps.inbox.receive(verdict.plain, verdict.body, {
            transport: 'webhook',
            stale: verdict.stale,
          }),
        })
    }
  }

  const acknowledge = (
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: { stale: boolean; received: Received },
  ): FastifyReply => {
    const { committed, answer } = outcome.received
    // An old timestamp is only believed once: with an event that was never seen.
    if (outcome.stale && committed === 'duplicate') return refuse(request, reply, 'replayed')
    deps.observe?.(committed)
    return reply.send(answer)
  }

  const refuse = (request: FastifyRequest, reply: FastifyReply, reason: FeishuRefusal | 'replayed') => {
    const final: Refusal = deps.limit.isExceeded(request.ip, deps.clock.now()) ? 'too-many' : reason
    deps.observe?.(final)
    if (final !== 'too-many') request.log.warn({ reason, address: request.ip }, 'Feishu request refused')
    const status = statusOf[final]
    return reply.code(status).send({ code: status, msg: `refused: ${final}` })
  }

  app.register(async (scope) => {
    keepRawBodies(scope)
    scope.post('/feishu/events', { bodyLimit: maxBodyBytes }, receive)
    scope.post('/feishu/callback', { bodyLimit: maxBodyBytes }, receive)
  })
}

function requireKeys(keys: FeishuKeys): void {
  const problems: string[] = []
  if (keys.encryptKey === '')
    problems.push('FEISHU_ENCRYPT_KEY is missing: set it in the console (事件与回调 → 加密策略) and here')
  if (keys.verificationToken === '')
    problems.push('FEISHU_VERIFICATION_TOKEN is missing: copy it from the console (事件与回调 → 加密策略)')
  if (problems.length > 0) throw new ConfigError(problems)
}
