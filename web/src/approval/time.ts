/** ms → `09:30` today, `昨天 09:30`, `11-20 09:30` this year, else with the year; sandbox time decides what today is. */
export function shortTime(ms: number, now: number, yesterday: string): string {
  const at = new Date(ms)
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`
  const days = dayOf(now) - dayOf(ms)
  if (days === 0) return clock
  if (days === 1) return `${yesterday} ${clock}`
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return at.getFullYear() === new Date(now).getFullYear()
    ? `${day} ${clock}`
    : `${at.getFullYear()}-${day} ${clock}`
}

/** `2026-11-21 09:30` of ms or RFC 3339 text; the text itself when it is no time. */
export function fullTime(value: number | string): string {
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return String(value)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

function dayOf(ms: number): number {
  const at = new Date(ms)
  return Math.round(new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime() / 86_400_000)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
