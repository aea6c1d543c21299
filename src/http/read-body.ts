import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { AppError } from '#src/errors.ts'

/** We ask for no compression, but some gateways compress all the same. */
const unpack: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/**
 * The whole body as UTF-8 text. Throws AppError `http_too_large` (unknown) above `maxBytes`, packed or unpacked, and
 * `http_unreadable` (unknown) when it cannot be unpacked.
 */
export async function readBody(
  answer: { body: AsyncIterable<Uint8Array>; encoding: string | undefined },
  maxBytes: number,
  target: string,
): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes, target)
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const unpacker = unpack[answer.encoding?.toLowerCase() ?? '']
  if (unpacker === undefined || bytes.length === 0) return bytes.toString('utf8')
  try {
    return (await unpacker(bytes, { maxOutputLength: maxBytes })).toString('utf8')
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(maxBytes, target)
    throw new AppError('http_unreadable', `${target} 的回答无法解压。`, {
      retry: 'backoff',
      outcome: 'unknown',
      context: { target },
      cause,
    })
  }
}

const tooLarge = (maxBytes: number, target: string) =>
  new AppError('http_too_large', `${target} 的回答超过 ${maxBytes} 字节，已中断。`, {
    retry: 'never',
    outcome: 'unknown',
    context: { target },
  })
