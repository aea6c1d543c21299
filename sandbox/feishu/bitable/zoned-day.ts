const formatters = new Map<string, Intl.DateTimeFormat>()

export interface DayParts {
  year: number
  /** 1–12 */
  month: number
  day: number
  /** 0 Monday … 6 Sunday */
  weekday: number
}

/** The calendar day an instant (ms) falls on in a time zone. */
export function dayParts(ms: number, zone: string): DayParts {
  const local = new Date(ms + steadyOffset(ms, zone))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: (local.getUTCDay() + 6) % 7,
  }
}

/** The first instant (ms) of a calendar day in a time zone; day and month may overflow, as in Date.UTC. */
export function dayStart(day: { year: number; month: number; day: number }, zone: string): number {
  const asUtc = Date.UTC(day.year, day.month - 1, day.day)
  const guess = asUtc - offsetAt(asUtc, zone)
  return asUtc - offsetAt(guess, zone)
}

/** The instant (ms) of a wall-clock time in a time zone. */
export function zonedInstant(
  time: { year: number; month: number; day: number; hour: number; minute: number },
  zone: string,
): number {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute)
  return asUtc - offsetAt(asUtc - offsetAt(asUtc, zone), zone)
}

/** The time of day an instant (ms) has in a time zone. */
export function clockTime(ms: number, zone: string): { hour: number; minute: number } {
  const local = new Date(ms + steadyOffset(ms, zone))
  return { hour: local.getUTCHours(), minute: local.getUTCMinutes() }
}

const utcDayMs = 86_400_000
const mostOffsets = 20_000
const offsets = new Map<string, number>()

/**
 * The zone's offset at an instant. Formatting is slow and tables are long, so the offset at the edges of a UTC day is
 * kept, and only a day on which clocks are put on or back is looked at more closely.
 */
function steadyOffset(ms: number, zone: string): number {
  const day = Math.floor(ms / utcDayMs)
  const before = edgeOffset(day, zone)
  return before === edgeOffset(day + 1, zone) ? before : offsetAt(ms, zone)
}

function edgeOffset(day: number, zone: string): number {
  const key = `${zone} ${day}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const offset = offsetAt(day * utcDayMs, zone)
  if (offsets.size >= mostOffsets) offsets.clear()
  offsets.set(key, offset)
  return offset
}

function offsetAt(ms: number, zone: string): number {
  const p = clockParts(ms, zone)
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(ms / 1000) * 1000
}

function clockParts(ms: number, zone: string) {
  const formatter = formatters.get(zone) ?? newFormatter(zone)
  const parts = Object.fromEntries(formatter.formatToParts(ms).map((p) => [p.type, Number(p.value)]))
  const part = (name: string) => parts[name] ?? 0
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}

function newFormatter(zone: string): Intl.DateTimeFormat {
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, formatter)
  return formatter
}

/** Whether the platform (and this runtime) knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    newFormatter(zone)
    return true
  } catch {
    return false
  }
}
