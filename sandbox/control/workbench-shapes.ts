/** What the developer's workbench is told. Types only: both sides import them. Times are sandbox time in ms. */

export interface TrafficLine {
  n: number
  at: number
  direction: 'in' | 'out'
  family: string
  method: string
  url: string
  /** `app` or `user`: whose token. */
  who?: string
  status?: number
  code?: number
  ms?: number
  /** The gate that refused it: token, limit, schema, fault, handler. */
  refusedBy?: string
  fault?: string
  note?: string
  delivery?: { type: string; attempt: number; nextAt: number | null; failure?: string }
}

/** Newest first. */
export interface TrafficList {
  lines: TrafficLine[]
}

export interface TrafficTry {
  n: number
  at: number
  attempt: number
  ms?: number
  failure?: string
  nextAt: number | null
}

export interface TrafficDetail extends TrafficLine {
  route?: string
  request?: unknown
  answer?: unknown
  /** Fields the schema refused. */
  violations: { field: string; description: string }[]
  /** As it went over the wire: sealed body and headers, or frames. */
  wire?: unknown
  /** Every try of this event, first to last. */
  tries: TrafficTry[]
}

export interface FaultKindInfo {
  kind: string
  phase: string
  zh: string
  en: string
  takes: string[]
}

export interface ActiveFault {
  id: string
  kind: string
  route?: string
  family?: string
  status?: number
  code?: number
  msg?: string
  ms?: number
  times?: number
  probability?: number
  struck: number
}

export interface FaultPanel {
  kinds: FaultKindInfo[]
  active: ActiveFault[]
  /** `POST /open-apis/im/v1/messages` …, for the picker. */
  routes: string[]
  families: string[]
}

export interface ClockView {
  now: number
  frozen: boolean
  /** What happens next, soonest first. */
  scheduled: { at: number; zh: string; en: string }[]
}

export interface ControlRouteInfo {
  method: 'GET' | 'POST'
  path: string
  /** '' when its part does not describe it. */
  zh: string
  en: string
  fields: Record<string, string>
  example?: Record<string, unknown>
}

export interface ConnectionView {
  appId: string
  appSecret: string
  encryptKey: string
  verificationToken: string
  tenantKey: string
  botName: string
  baseUrl: string
  connections: {
    id: string
    address: string
    since: number
    lastPingAt: number | null
    delivered: number
    silent: boolean
  }[]
  /** null: everything. */
  subscriptions: string[] | null
  events: { type: string; zh: string; en: string; skipped: number }[]
}

export interface SettingsView {
  latencyMs: number
  rowCap: number
  ordersPerMinute: number
  eventUrl: string | null
  callbackUrl: string | null
  pushUrls: Record<string, string>
  wsPingSeconds: number
  wsReconnectSeconds: number
}

export interface KeptSnapshot {
  name: string
  /** real time, ms */
  savedAt: number
  /** compressed size */
  bytes: number
}
