import type { FastifyRequest } from 'fastify'
import type { PushRequest } from '#src/contracts/connector.ts'
import { rawBody } from './raw-body.ts'

/** What a connector verifies: headers, query and the exact bytes. */
export function pushRequest(request: FastifyRequest): PushRequest {
  const [path = '', query = ''] = request.url.split('?', 2)
  return {
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    query: Object.fromEntries(new URLSearchParams(query)),
    path,
    raw: rawBody(request),
  }
}
