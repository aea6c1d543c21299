import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  ApiFailure,
  type ControlAbout,
  type ControlCall,
  type ControlHandle,
  type Kernel,
  type WebCall,
} from './types.ts'

const localNames = new Set(['localhost', '127.0.0.1', '[::1]'])
const localAddresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/**
 * Refuses anything but this machine: by peer address, by Host (a web page's name may resolve to loopback) and by
 * Origin (a web page may post to loopback blindly).
 */
export function guardControl(app: FastifyInstance, open: boolean): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    if (open || !(path === '/' || path.startsWith('/_control') || path.startsWith('/_web'))) return
    if (isLocal(request)) return
    await reply
      .code(403)
      .send({ code: 403, msg: 'The control API answers this machine only (open http://127.0.0.1).' })
  })
}

function isLocal(request: FastifyRequest): boolean {
  const origin = request.headers.origin
  return (
    localAddresses.has(request.ip) &&
    localNames.has(hostname(request.headers.host)) &&
    (origin === undefined || localNames.has(hostname(origin.replace(/^https?:\/\//, ''))))
  )
}

function hostname(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '').toLowerCase()
}

/** JSON that is text already: a whole world is not parsed and written again. */
export class JsonText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A route of the control API, for its documentation. */
export interface KnownControl {
  method: 'GET' | 'POST'
  path: string
  about: ControlAbout | undefined
}

export function createControl(app: FastifyInstance, known: KnownControl[]): Kernel['control'] {
  return (method, path, route) => {
    const url = `/_control/${path.replace(/^\/+/, '')}`
    const { about, handle } = typeof route === 'function' ? { about: undefined, handle: route } : route
    known.push({ method, path: url, about })
    app.route({ method, url, handler: (request, reply) => answerControl(handle, request, reply) })
  }
}

/** `/_web/…`: the person is named by the header `x-sandbox-person`, or by `?person=` where a browser sends no headers. */
export function createWeb(app: FastifyInstance): Kernel['web'] {
  return (method, path, handle) => {
    const url = `/_web/${path.replace(/^\/+/, '')}`
    const asPerson = (request: FastifyRequest, reply: FastifyReply) => {
      const named = request.headers['x-sandbox-person'] ?? (request.query as ControlCall['query']).person
      const person = typeof named === 'string' ? named : ''
      return answerControl(
        (call) => handle({ ...call, person, request, reply } satisfies WebCall),
        request,
        reply,
      )
    }
    app.route({ method, url, handler: asPerson })
  }
}

async function answerControl(
  handle: ControlHandle,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const body = request.body
  try {
    if (Buffer.isBuffer(body) && body.length > 0 && !request.isMultipart?.())
      throw new ApiFailure(415, 'send JSON with content-type application/json', { status: 415 })
    const answer = await handle({
      params: request.params as Record<string, string>,
      query: request.query as ControlCall['query'],
      body:
        typeof body === 'object' && body !== null && !Buffer.isBuffer(body)
          ? (body as Record<string, unknown>)
          : {},
    })
    if (answer instanceof JsonText) return reply.type('application/json; charset=utf-8').send(answer.text)
    return reply.sent || answer === reply ? reply : reply.send(answer ?? {})
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    return reply.code(error.status).send({ code: error.code, msg: error.message })
  }
}
