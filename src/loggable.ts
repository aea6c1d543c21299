import { messageOf } from './errors.ts'

/** Members whose values are secrets or personal data wherever they turn up. */
const secret =
  /secret|encrypt_?key|^token$|(?:access|refresh|verification|admin)_?token$|^(?:authorization|cookie|password|mobile|phone|tel|sign|signature)$/i
/** Members of errors that repeat what was sent, written or typed in. */
const telling = new Set([
  ...['message', 'stack', 'cause', 'query', 'params', 'parameters', 'detail', 'where', 'internalQuery'],
  ...['input', 'config', 'request', 'response', 'headers', 'body'],
])
const deepest = 6

/**
 * What may stand in a log, at any depth: secrets are hidden by the name of their member, and errors are told by type,
 * code, reason, place and causes. Error classes of libraries carry whole statements, requests and addresses.
 */
export function loggable(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return depth > deepest ? messageOf(value) : describeError(value, depth)
  if (typeof value !== 'object' || value === null || hasOwnForm(value)) return value
  if (depth > deepest) return '[deeper]'
  if (Array.isArray(value)) return value.map((one) => loggable(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      secret.test(name) ? '[redacted]' : loggable(one, depth + 1),
    ]),
  )
}

const hasOwnForm = (value: object) => 'toJSON' in value && typeof value.toJSON === 'function'

function describeError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.constructor.name,
    message: messageOf(error),
    ...plainMembers(error),
    ...('context' in error ? { context: loggable(error.context, depth + 1) } : {}),
    stack: placesOf(error),
    ...(error.cause === undefined ? {} : { cause: loggable(error.cause, depth + 2) }),
  }
}

function plainMembers(error: Error): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(error).filter(
      ([name, value]) =>
        !telling.has(name) && !secret.test(name) && ['string', 'number', 'boolean'].includes(typeof value),
    ),
  )
}

/** The stack without its head, which repeats the message. */
function placesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n')
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}
