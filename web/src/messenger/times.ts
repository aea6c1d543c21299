import type { Language } from '../shell/language.tsx'

const zone = 'Asia/Shanghai'

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, ...options })
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false }

/** 14:05 */
export function clockTime(ms: number, language: Language): string {
  return format(language, clock).format(ms)
}

/** A key that is equal for moments of the same day. */
export function dayKey(ms: number): string {
  return format('en', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms)
}

/** 今天, 昨天, 3月5日 星期四, 2025年3月5日 */
export function dayName(ms: number, now: number, language: Language): string {
  const day = dayKey(ms)
  if (day === dayKey(now)) return language === 'zh' ? '今天' : 'Today'
  if (day === dayKey(now - 24 * 3_600_000)) return language === 'zh' ? '昨天' : 'Yesterday'
  const sameYear = day.slice(-4) === dayKey(now).slice(-4)
  return format(language, {
    ...(sameYear ? { weekday: 'long' } : { year: 'numeric' }),
    month: 'long',
    day: 'numeric',
  }).format(ms)
}

/** When a chat last moved: the time today, else the day. */
export function shortMoment(ms: number, now: number, language: Language): string {
  const day = dayKey(ms)
  if (day === dayKey(now)) return clockTime(ms, language)
  if (day === dayKey(now - 24 * 3_600_000)) return language === 'zh' ? '昨天' : 'Yesterday'
  return format(language, { month: 'numeric', day: 'numeric' }).format(ms)
}
