/** Texts on the wire: GMT+8 times and yuan. */
const offsetMs = 8 * 3_600_000

/** `2026-11-21 09:30:00`, GMT+8; '' for no time. */
export function timeText(ms: number): string {
  if (ms === 0) return ''
  return new Date(ms + offsetMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** ms, NaN when the text is not such a time. */
export function parseTime(text: unknown): number {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return Number.NaN
  return Date.parse(`${text.replace(' ', 'T')}+08:00`)
}

/** `1299.00` */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** fen, NaN when it is not an amount with at most two decimals. */
export function parseYuan(value: unknown): number {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(value))
  if (!match) return Number.NaN
  const fen = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] ? -fen : fen
}
