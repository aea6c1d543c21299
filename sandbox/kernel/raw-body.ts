import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiFailure } from './types.ts'

const bodies = new WeakMap<object, Buffer>()

/** The exact bytes of the request's body: what signatures are computed over. Empty when there was none. */
export function rawBody(request: FastifyRequest): Buffer {
  return bodies.get(request) ?? Buffer.alloc(0)
}

/**
 * Parsers that keep the bytes: JSON → value, form → object of strings, anything else → Buffer. An empty JSON body is
 * `{}` because the SDK sends the JSON content type on calls without a body.
 */
export function keepRawBodies(app: FastifyInstance): void {
  const keep = (request: FastifyRequest, body: Buffer) => {
    bodies.set(request, body)
    return body
  }
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => parseJson(keep(request, body), request.url),
  )
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) =>
      Object.fromEntries(new URLSearchParams(keep(request, body).toString('utf8'))),
  )
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    keep(request, body),
  )
}

function parseJson(body: Buffer, url: string): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    const isOurs = url.startsWith('/_control/') || url.startsWith('/_web/')
    throw new ApiFailure(9499, isOurs ? `the body is not JSON: ${(error as Error).message}` : 'Bad Request')
  }
}
