/** The smallest Http for tests: global fetch, so that nock sees exactly what a connector sends. */
import type { Http } from '#src/contracts/connector.ts'
import { AppError, messageOf } from '#src/errors.ts'

export const fetchHttp: Http = {
  async request({ method, url, headers, body, timeoutMs = 5_000 }) {
    try {
      const response = await fetch(url, {
        method,
        headers: headers ?? {},
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      }
    } catch (cause) {
      const context = { url: new URL(url).host }
      throw new AppError('http_failed', messageOf(cause), {
        retry: 'backoff',
        outcome: 'unknown',
        context,
        cause,
      })
    }
  },
}
