import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Media } from './media-store.ts'

const inline = /^(image\/(png|jpeg|gif|webp)|application\/pdf|video\/mp4|audio\/mpeg)$/

/**
 * Answers a file, or the part a Range header asks for (206). Only kinds that cannot run anything are shown in place;
 * everything else is a download, whatever it claims to be.
 */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: { media: Media; bytes: Buffer },
) {
  const { media, bytes } = file
  const name = encodeURIComponent(media.name)
  reply
    .header('content-type', media.type)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header(
      'content-disposition',
      `${inline.test(media.type) ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    )
    .header('accept-ranges', 'bytes')
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  if (!range) return reply.send(bytes)
  const from = Number(range[1])
  const to = Math.min(bytes.length - 1, range[2] === '' ? bytes.length - 1 : Number(range[2]))
  if (from >= bytes.length || from > to)
    return reply.code(416).header('content-range', `bytes */${bytes.length}`).send()
  return reply
    .code(206)
    .header('content-range', `bytes ${from}-${to}/${bytes.length}`)
    .send(bytes.subarray(from, to + 1))
}
