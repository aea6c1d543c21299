/** Xiaohongshu's signatures, from the platform's side. */
import { createHash, timingSafeEqual } from 'node:crypto'

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex')

/** Only these four are signed, whatever else is sent. */
export function isCallSigned(call: Record<string, unknown>, secret: string): boolean {
  const { method, appId, timestamp, version, sign } = call
  const expected = md5(`${method}?appId=${appId}&timestamp=${timestamp}&version=${version}${secret}`)
  const given = Buffer.from(String(sign ?? ''))
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected))
}

/** Headers of a push: path, query and these headers are signed, the body is not. */
export function pushHeaders(
  url: URL,
  app: { id: string; secret: string; seconds: number },
): Record<string, string> {
  const headers = { timestamp: String(app.seconds), 'app-key': app.id }
  const pairs = [...url.searchParams, ...Object.entries(headers)]
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
  return { ...headers, sign: md5(`${url.pathname}?${pairs}${app.secret}`) }
}
