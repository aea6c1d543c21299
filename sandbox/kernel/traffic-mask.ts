/** What came back, as it is recorded. */
export interface Delivered {
  status: number
  answer: unknown
  ms: number
}

const longestText = 4_000
const longestList = 50
/** Characters of one request or answer that are kept. */
const longestValue = 48_000
const secretKey =
  /^(app_secret|AppSecret|client_secret|access_token|tenant_access_token|app_access_token|refresh_token|encryptKey|appSecret|sign|token|verificationToken)$/

/** Secrets become `***`, long texts are cut, binary is named: for eyes, not for replay. `size` is about its characters. */
export function maskInto(value: unknown): { value: unknown; size: number } {
  const budget = { left: longestValue }
  return { value: mask(value, budget, 0), size: longestValue - budget.left }
}

function mask(value: unknown, budget: { left: number }, depth: number): unknown {
  if (budget.left <= 0) return '…'
  budget.left -= 8
  if (typeof value === 'string') {
    const text = value.length > longestText ? `${value.slice(0, longestText)}…` : value
    budget.left -= text.length
    return text
  }
  if (Buffer.isBuffer(value)) return `<${value.length} bytes>`
  if (typeof value !== 'object' || value === null) return value
  if (depth > 12) return '…'
  if (Array.isArray(value)) {
    const shown = value.slice(0, longestList).map((item) => mask(item, budget, depth + 1))
    return value.length > longestList ? [...shown, `… ${value.length - longestList} more`] : shown
  }
  const masked: [string, unknown][] = []
  for (const [key, item] of Object.entries(value)) {
    if (budget.left <= 0) {
      masked.push(['…', '…'])
      break
    }
    budget.left -= key.length
    masked.push([key, secretKey.test(key) ? '***' : mask(item, budget, depth + 1)])
  }
  return Object.fromEntries(masked)
}
