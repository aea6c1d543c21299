import type { Http } from '#src/contracts/connector.ts'
import { fetchHttp } from '../support/fetch-http.ts'

export interface SentRequest {
  method: string
  path: string
  query: Record<string, string>
  contentType: string | undefined
  /** The exact text handed to the network. */
  body: string
  idempotent: boolean
}

/** Real HTTP that also tells what was sent, byte for byte (nock only shows parsed bodies). */
export function recordingHttp(onRequest: (request: SentRequest) => void): Http {
  return {
    request(request) {
      const url = new URL(request.url)
      onRequest({
        method: request.method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        contentType: request.headers?.['content-type'],
        body: String(request.body ?? ''),
        idempotent: request.idempotent ?? false,
      })
      return fetchHttp.request(request)
    },
  }
}
