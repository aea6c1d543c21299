import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { logIdOf, sendFailure } from './api-call.ts'
import { guardControl } from './control-routes.ts'
import { recordIncoming, watchAnswers } from './http-traffic.ts'
import { keepRawBodies } from './raw-body.ts'
import type { Traffic } from './traffic.ts'
import { ApiFailure } from './types.ts'

const maxBodyBytes = 64 * 1024 * 1024

/** The HTTP server all parts share: raw bodies kept, bodies never coerced, every refusal in the platform's shape. */
export function createApp(
  traffic: Traffic,
  options: { openControl: boolean; requestTimeoutMs: number },
  unknownPage: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined,
): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    // A client that sends its request byte by byte is not waited for.
    requestTimeout: options.requestTimeoutMs,
    http: {
      headersTimeout: options.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(5_000, options.requestTimeoutMs / 2),
    },
    routerOptions: { maxParamLength: 500 },
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        allErrors: true,
        strict: false,
      },
    },
  })
  keepRawBodies(app)
  void app.register(multipart, { limits: { fileSize: maxBodyBytes } })
  guardControl(app, options.openControl)
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-tt-logid', logIdOf(reply))
  })
  watchAnswers(app, traffic)
  app.setErrorHandler((error, request, reply) => {
    recordIncoming(traffic, request, 'refused')
    return sendFailure(reply, failureOf(error))
  })
  app.setNotFoundHandler((request, reply) => {
    const page = unknownPage(request, reply)
    if (page) return page
    recordIncoming(traffic, request, 'unknown')
    return reply.code(404).type('text/plain').send('404 page not found')
  })
  return app
}

function failureOf(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error
  const status = (error as { statusCode?: number }).statusCode ?? 500
  if (status < 500) return new ApiFailure(9499, 'Bad Request', { status })
  process.emitWarning(error instanceof Error ? error : String(error))
  return new ApiFailure(2200, 'Internal Error', { status })
}
