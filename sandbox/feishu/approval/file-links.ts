/** Links to files that end after 12 hours of sandbox time, and the upload app call. Feishu docs: 上传文件. */
import { createHmac } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { fileByCode, fileHeaders, storeFile } from './files.ts'
import { readUpload } from './upload.ts'

const validMs = 12 * 3_600_000
const base = '/approval/openapi/v2/file'

/** The platform keeps this call on its main site; here everything has one address. */
export function registerFiles(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: `${base}/upload`,
    limit: { perMinute: 1000, perSecond: 50 },
    unverified: ['the rate tier', 'the code for a file that is refused (here 1390001)'],
    handle: async ({ request }) => {
      const { code } = storeFile(kernel, await readUpload(request))
      return { code, url: fileLink(kernel, code) }
    },
  })
  kernel.app.get(`${base}/get/:code`, (request, reply) => send(kernel, request, reply))
}

/** A fresh link of a file's code; anything else is a link of somebody else's and stays as it is. */
export function fileLink(kernel: Kernel, code: string): string {
  if (!fileByCode(kernel, code)) return code
  const expires = String(kernel.clock.now() + validMs)
  return `${kernel.baseUrl()}${base}/get/${code}?x-expires=${expires}&x-signature=${sign(kernel, code, expires)}`
}

function sign(kernel: Kernel, code: string, expires: string): string {
  return createHmac('sha256', kernel.identity().appSecret).update(`${code}${expires}`).digest('hex')
}

function send(kernel: Kernel, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code } = request.params as { code: string }
  const query = request.query as Record<string, string | undefined>
  const expires = query['x-expires'] ?? ''
  const fresh = query['x-signature'] === sign(kernel, code, expires) && Number(expires) >= kernel.clock.now()
  const file = fileByCode(kernel, code)
  if (!fresh || !file?.content) throw new ApiFailure(403, 'the link has expired', { status: 403 })
  return reply.headers(fileHeaders(file)).send(Buffer.from(file.content, 'base64'))
}
