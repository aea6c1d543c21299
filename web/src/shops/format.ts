/** Money and times as the back office shows them: yuan, and China's clock. */

const day = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const short = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})
const exact = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** `¥1,299.00` */
export function yuan(fen: number): string {
  return `¥${(fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** `11-21 09:30`; '—' for no time. */
export function shortTime(ms: number): string {
  return ms > 0 ? short.format(ms) : '—'
}

/** `2026-11-21 09:30:05`; '—' for no time. */
export function exactTime(ms: number): string {
  return ms > 0 ? exact.format(ms) : '—'
}

/** `2026-11-21`; '—' for no time. */
export function dayText(ms: number): string {
  return ms > 0 ? day.format(ms) : '—'
}

/** fen; NaN when the text is no amount with at most two decimals. */
export function readYuan(text: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.replace(/[¥,\s]/g, ''))
  if (!match) return Number.NaN
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}
