import type { HttpResponse } from '#src/contracts/connector.ts'
import { AppError, DataError } from '#src/errors.ts'
import { assertHttpOk } from './platform-error.ts'
import { readJson } from './read-json.ts'

/** The part of a zod schema that reading needs. */
export interface Reader<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }
}

/**
 * JSON of a 2xx answer. An answer that is no JSON (a proxy's page, a cut-off body) may hide an applied call: it is
 * retried, and its outcome counts as unknown.
 */
export function readReply(
  response: HttpResponse,
  call: { connector: string; operation: string; now: number },
): unknown {
  assertHttpOk(response, call)
  try {
    return readJson(response.body)
  } catch (cause) {
    throw badReply(call, response.body.slice(0, 120), cause)
  }
}

/** The answer in the agreed shape, or the same retried error as for no JSON at all. */
export function readEnvelope<T>(
  schema: Reader<T>,
  reply: unknown,
  call: { connector: string; operation: string },
): T {
  const read = schema.safeParse(reply)
  if (read.success) return read.data
  throw badReply(call, describe(read.error.issues), undefined)
}

/**
 * One record of a channel in the shape we understand.
 *
 * @throws DataError `record_unreadable` naming the path, so that this record is parked and the others go on
 */
export function readRecord<T>(schema: Reader<T>, record: unknown, what: string): T {
  const read = schema.safeParse(record)
  if (read.success) return read.data
  const path = read.error.issues[0]?.path.join('.') ?? ''
  throw new DataError('record_unreadable', `${what} is not readable: ${describe(read.error.issues)}`, {
    path,
  })
}

function describe(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join('.') || '(root)'}: ${issue.message}`)
    .join('; ')
}

function badReply(call: { connector: string; operation: string }, detail: string, cause: unknown): AppError {
  const { connector, operation } = call
  return new AppError(
    'connector_bad_reply',
    `平台返回了无法识别的内容，稍后自动重试（${connector} ${operation}：${detail}）`,
    {
      retry: 'backoff',
      outcome: 'unknown',
      context: { connector, operation },
      cause,
    },
  )
}
