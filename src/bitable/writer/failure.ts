import { toAppError } from '#src/errors.ts'
import { FeishuError } from '#src/feishu/types.ts'

/** What a failed write means for the rows in it. */
export type Verdict =
  /** May have been applied: look before anything else. */
  | 'ambiguous'
  /** Certainly not applied; the same later. */
  | 'again'
  | 'too-many'
  /** One record's value is refused, and with it the whole batch. */
  | 'poison'
  /** A column name is not known any more, or not allowed. */
  | 'columns'
  /** Some record is gone. */
  | 'rows-gone'
  | 'full'
  /** Permission, quota, base or table gone: a person must act. */
  | 'denied'

const byCode: ReadonlyMap<number, Verdict> = new Map<number, Verdict>([
  [1254104, 'too-many'],
  [1254103, 'full'],
  [1254043, 'rows-gone'],
  [1254006, 'rows-gone'],
  [1254044, 'columns'],
  [1254045, 'columns'],
  [1254290, 'again'],
  [1254291, 'again'],
  [1254036, 'again'],
  // The same token is still being worked on, or was: the first call counts.
  [1255006, 'ambiguous'],
  [1254608, 'ambiguous'],
  // Internal errors and timeouts say nothing about what was done.
  ...[1254002, 1254607, 1255001, 1255002, 1255003, 1255004, 1255005, 1255040].map(
    (code) => [code, 'ambiguous'] as const,
  ),
  ...[1254000, 1254001, 1254010, 1254015, 1254027, 1254130, 1254303, 99992402, 9499].map(
    (code) => [code, 'poison'] as const,
  ),
  ...[1254003, 1254004, 1254040, 1254041, 1254301, 1254302, 1254304, 1254306, 91403].map(
    (code) => [code, 'denied'] as const,
  ),
])

/** Feishu docs: error tables of 新增多条记录 and 更新多条记录. */
export function judge(error: unknown): Verdict {
  const known = toAppError(error)
  if (!(known instanceof FeishuError)) return known.outcome === 'not-sent' ? 'again' : 'ambiguous'
  if (known.outcome === 'not-sent') return 'again'
  const { feishuCode: code } = known
  const verdict = byCode.get(code)
  if (verdict !== undefined) return verdict
  if (code >= 1254060 && code <= 1254074) return 'poison'
  if (known.outcome === 'unknown') return 'ambiguous'
  if (known.failure === 'rate-limited' || known.failure === 'token' || known.failure === 'transient')
    return 'again'
  return known.failure === 'invalid' ? 'poison' : 'denied'
}

/** ms to wait before the same again: what the server asked for, else growing from 250 ms to 30 s with jitter. */
export function waitMs(error: unknown, failures: number, random: () => number = Math.random): number {
  const asked = error instanceof FeishuError ? error.resetMs : undefined
  if (asked !== undefined) return asked + Math.floor(random() * 250)
  return Math.floor(Math.min(30_000, 250 * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2))
}

export function errorRecord(error: unknown): Record<string, unknown> {
  const { code, message } = toAppError(error)
  return { code, message: message.slice(0, 500).replaceAll('\0', '').toWellFormed() }
}
