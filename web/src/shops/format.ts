/** Money and times as the back office shows them: yuan, and China's clock. */

const chinaOffsetMs = 8 * 3_600_000

const chinaText = (ms: number) => new Date(ms + chinaOffsetMs).toISOString().replace('T', ' ')

/** `¥1,299.00` */
export function yuan(fen: number): string {
  return `¥${(fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** `11-21 09:30`; '—' for no time. */
export function shortTime(ms: number): string {
  return ms > 0 ? chinaText(ms).slice(5, 16) : '—'
}

/** `2026-11-21 09:30:05`; '—' for no time. */
export function exactTime(ms: number): string {
  return ms > 0 ? chinaText(ms).slice(0, 19) : '—'
}

/** `2026-11-21`; '—' for no time. */
export function dayText(ms: number): string {
  return ms > 0 ? chinaText(ms).slice(0, 10) : '—'
}

/** fen; NaN when the text is no amount with at most two decimals. */
export function readYuan(text: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.replace(/[¥,\s]/g, ''))
  if (!match) return Number.NaN
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}
