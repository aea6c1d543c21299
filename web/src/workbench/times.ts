const two = (value: number) => String(value).padStart(2, '0')

/** `23:05:07.042`, of sandbox time. */
export function clockTime(at: number, withMs = true): string {
  const date = new Date(at)
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return withMs ? `${text}.${String(date.getMilliseconds()).padStart(3, '0')}` : text
}

/** `11月22日 23:05:07` */
export function dayTime(at: number, language: 'zh' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(at)
}

/** `5 分钟` for a stretch of time, ms. */
export function stretch(ms: number, language: 'zh' | 'en'): string {
  const units = [
    [86_400_000, '天', 'd'],
    [3_600_000, '小时', 'h'],
    [60_000, '分钟', 'min'],
    [1_000, '秒', 's'],
  ] as const
  const [size, zh, en] = units.find(([length]) => ms >= length) ?? units[3]
  return `${Math.max(0, Math.round(ms / size))} ${language === 'zh' ? zh : en}`
}
