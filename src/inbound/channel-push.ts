/** A channel's push as the inbox keeps it, and as the drain reads it again. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AnyConnector, Inbound, PushRequest } from '#src/contracts/connector.ts'
import { DataError, messageOf } from '#src/errors.ts'
import { type InboxItem, newItem, type ParkingReason, parkedItem } from './inbox-item.ts'

export type PushConnector = AnyConnector & { push: NonNullable<AnyConnector['push']> }

/** Who is knocking is not needed to read a push again, and these could be secrets. */
const dropped = new Set(['authorization', 'cookie', 'proxy-authorization'])

const stored = z.record(z.string(), z.string())

export const pushSource = (shopId: string) => `channel:${shopId}`

/** One inbox row per body. Its key is what the connector reads, so a re-push with other headers is a duplicate. */
export function pushItem(
  connector: PushConnector,
  push: { shopId: string; request: PushRequest; config: unknown; receivedAt: number },
): InboxItem {
  const { request } = push
  const base = {
    source: pushSource(push.shopId),
    kind: 'push',
    raw: request.raw,
    receivedAt: push.receivedAt,
    headers: keptHeaders(request),
    eventType: 'push',
  } as const
  try {
    return newItem({ ...base, dedupeKey: keyOf(connector.push.parse(request, push.config)) })
  } catch (error) {
    return parkedItem(base, parkingReason(error))
  }
}

export function requestOf(row: { raw: Buffer; headers: Record<string, string> }): PushRequest {
  const headers = stored.parse(row.headers)
  const query = Object.fromEntries(new URLSearchParams(headers[':query'] ?? ''))
  return { headers, query, path: headers[':path'] ?? '', raw: row.raw }
}

function keyOf(messages: readonly Inbound[]): string {
  const keys = messages.map((message) => message.dedupeKey)
  const [only] = keys
  const isPlain = keys.length === 1 && only !== undefined && /^[\x21-\x7e]{1,200}$/.test(only)
  return isPlain ? only : `sha256:${createHash('sha256').update(JSON.stringify(keys)).digest('hex')}`
}

function keptHeaders(request: PushRequest): Record<string, string> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query))
    if (value !== undefined) query.append(name, value)
  const kept: Record<string, string> = { ':path': request.path, ':query': query.toString() }
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && !dropped.has(name)) kept[name] = value
  return kept
}

function parkingReason(error: unknown): ParkingReason {
  const message = messageOf(error)
  if (!(error instanceof DataError)) return { code: 'push_unreadable', message }
  const path = error.context.path
  return { code: error.code, message, ...(typeof path === 'string' ? { path } : {}) }
}
