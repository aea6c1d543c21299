import { DataError } from '#src/errors.ts'

const gmt8Ms = 8 * 3_600_000
const pattern = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/
/** 2286-11-20: a larger number of seconds is really milliseconds. */
const maxSeconds = 9_999_999_999

/**
 * `yyyy-MM-dd HH:mm:ss` (fraction allowed) meant in GMT+8, to ms since the epoch.
 *
 * @throws DataError `time_unreadable` for other text and for dates that do not exist
 */
export function instantFromGmt8(text: string): number {
  const parts = pattern.exec(text)
  if (parts === null) throw unreadable(text)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  const ms = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms)
  const same = new Date(utc).toISOString().slice(0, 19) === `${text.slice(0, 10)}T${text.slice(11, 19)}`
  if (!same) throw unreadable(text)
  return utc - gmt8Ms
}

/** Like `instantFromGmt8`; absent, empty and the platforms' "never" (years before 1971) mean undefined. */
export function optionalInstantFromGmt8(text: string | null | undefined): number | undefined {
  if (text === undefined || text === null || text === '' || text.startsWith('0')) return undefined
  const instant = instantFromGmt8(text)
  return instant < 31_536_000_000 ? undefined : instant
}

/** ms since the epoch to `yyyy-MM-dd HH:mm:ss` in GMT+8. */
export function gmt8FromInstant(instant: number): string {
  return new Date(instant + gmt8Ms).toISOString().slice(0, 19).replace('T', ' ')
}

/** Unix seconds (number or its text) to ms; @throws DataError `time_unreadable`, also for what looks like ms. */
export function instantFromSeconds(value: number | string): number {
  const seconds = integer(value)
  if (seconds < 0 || seconds > maxSeconds) throw unreadable(String(value))
  return seconds * 1000
}

/** Like `instantFromSeconds`; absent, empty and 0 mean undefined. */
export function optionalInstantFromSeconds(value: number | string | null | undefined): number | undefined {
  return isUnset(value) ? undefined : instantFromSeconds(value)
}

/** Unix milliseconds (number or its text); @throws DataError `time_unreadable`, also for what looks like seconds. */
export function instantFromMillis(value: number | string): number {
  const ms = integer(value)
  if (ms < 0 || (ms !== 0 && ms <= maxSeconds)) throw unreadable(String(value))
  return ms
}

/** Like `instantFromMillis`; absent, empty and 0 mean undefined. */
export function optionalInstantFromMillis(value: number | string | null | undefined): number | undefined {
  return isUnset(value) ? undefined : instantFromMillis(value)
}

function isUnset(value: number | string | null | undefined): value is null | undefined | '' | 0 | '0' {
  return value === undefined || value === null || value === '' || value === 0 || value === '0'
}

function integer(value: number | string): number {
  const number = typeof value === 'number' ? value : /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number)) throw unreadable(String(value))
  return number
}

function unreadable(text: string): DataError {
  return new DataError('time_unreadable', `"${text.slice(0, 40)}" is not a time 不是有效的时间`)
}
