import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OwnKernel } from '../kernel/create-kernel.ts'

/** Nothing but our own files runs; charts draw with inline styles. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const reserved = /^\/(open-apis|_control|_web|callback|oauth|approval\/openapi|plain)(\/|$)/

/** Folder of the built client; undefined when nobody built it (`npm start` and `npm test` do). */
export function builtClient(): string | undefined {
  const folder = process.env.SANDBOX_WEB || fileURLToPath(new URL('../../web/dist', import.meta.url))
  return existsSync(join(folder, 'index.html')) ? folder : undefined
}

/** Serves the built client's files, and its page for every address a browser may open. */
export function registerClientFiles(kernel: OwnKernel, folder: string): void {
  void kernel.app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: true,
    index: false,
    immutable: true,
    maxAge: '30d',
  })
  kernel.app.get('/', (_request, reply) => sendPage(reply, folder))
}

/** A browser that opens an address no server route has gets the client, which knows its own pages. */
export function isPageRequest(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? ''
  return (
    request.method === 'GET' &&
    !reserved.test(path) &&
    !path.startsWith('/assets/') &&
    (request.headers.accept ?? '').includes('text/html')
  )
}

export function sendPage(reply: FastifyReply, folder: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .sendFile('index.html', folder, { cacheControl: false })
}
