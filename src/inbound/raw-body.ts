import type { FastifyInstance, FastifyRequest } from 'fastify'

/** 1 MB: far above anything a platform sends. */
export const maxBodyBytes = 1024 * 1024

const readableType = /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w.+-]+=[\w.+-]+)*$/

/** Within this scope every body stays the bytes that were sent, whatever its content type says: they were signed. */
export function keepRawBodies(scope: FastifyInstance, bodyLimit = maxBodyBytes): void {
  // Fastify answers 415 to a content type it cannot read, before any parser is asked.
  scope.addHook('onRequest', async (request) => {
    const type = request.raw.headers['content-type']
    if (type !== undefined && !readableType.test(type))
      request.raw.headers['content-type'] = 'application/octet-stream'
  })
  scope.removeAllContentTypeParsers()
  const options = { parseAs: 'buffer', bodyLimit } as const
  scope.addContentTypeParser('*', options, (_request, body, done) => done(null, body))
}

/** The bytes of a request in such a scope; empty when it had no body. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}
