/** One request and its answer, in either direction, with secrets masked. */
export interface TrafficEntry {
  n: number
  at: number
  direction: 'in' | 'out'
  family: string
  method: string
  url: string
  request?: unknown
  status?: number
  /** `code` of the answer's JSON, when it has one */
  code?: number
  answer?: unknown
  ms?: number
  fault?: string
  note?: string
}

export interface Traffic {
  start(entry: Omit<TrafficEntry, 'n' | 'at'>): TrafficEntry
  /** Newest first. */
  list(limit: number): TrafficEntry[]
  clear(): void
}

const kept = 500
const longestText = 4_000
const secretKey =
  /^(app_secret|AppSecret|client_secret|access_token|tenant_access_token|app_access_token|refresh_token|encryptKey|appSecret|sign|token|verificationToken)$/

export function createTraffic(now: () => number, onChange: () => void = () => undefined): Traffic {
  let entries: TrafficEntry[] = []
  let last = 0
  return {
    start(entry) {
      const recorded = { ...entry, n: ++last, at: now(), request: mask(entry.request) }
      entries.push(recorded)
      onChange()
      if (entries.length > kept * 2) entries = entries.slice(-kept)
      return recorded
    },
    list: (limit) => entries.slice(-Math.min(limit, kept)).reverse(),
    clear() {
      entries = []
    },
  }
}

/** Closes an entry with what was answered. */
export function finishTraffic(entry: TrafficEntry, status: number, answer: unknown, ms: number): void {
  entry.status = status
  entry.ms = Math.round(ms)
  entry.answer = mask(answer)
  const code = typeof answer === 'object' && answer !== null ? (answer as { code?: unknown }).code : undefined
  if (typeof code === 'number') entry.code = code
}

/** Secrets become `***`, long texts are cut, binary is named: for eyes, not for replay. */
function mask(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value
  if (Buffer.isBuffer(value)) return `<${value.length} bytes>`
  if (typeof value !== 'object' || value === null) return value
  if (depth > 6) return '…'
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => mask(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretKey.test(key) ? '***' : mask(item, depth + 1)]),
  )
}
