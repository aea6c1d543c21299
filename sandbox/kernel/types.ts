/**
 * The pieces every part of the sandbox is built from. A part (messages, base, approval, a channel, the ERP)
 * is a function `(kernel: Kernel) => void` that registers its routes and events and keeps its data in
 * `kernel.state(name)`; it never reaches into another part's data except through that part's exported functions.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Blobs } from './blob-store.ts'

/** Sandbox time. It runs with real time plus an offset that `POST /_control/clock` moves forward. */
export interface SandboxClock {
  /** ms since the epoch */
  now(): number
  /** Moves time forward; every timer that becomes due runs, in due order, before the promise resolves. */
  advance(ms: number): Promise<void>
  /** Runs `fn` once `ms` of sandbox time have passed. Returns a cancel function. A `label` shows it among what is scheduled. */
  after(ms: number, fn: () => void | Promise<void>, label?: TimerLabel): () => void
}

/** What a timer is for, in words for people. */
export interface TimerLabel {
  zh: string
  en: string
}

/** Seeded, its state is saved with the world: the same seed tells the same story. */
export interface Random {
  /** [0, 1) */
  next(): number
  /** integer in [min, max] */
  int(min: number, max: number): number
  pick<T>(items: readonly T[]): T
  /** lower-case hex digits */
  hex(length: number): string
}

/** Request budget as Feishu documents it (facts: general rate limits). Over it: HTTP 429, 99991400, reset header. */
export interface RateLimit {
  perSecond?: number
  perMinute?: number
  /** 400 for the few old APIs that answer so; default 429. */
  status?: 400
}

export interface ApiCall {
  method: string
  /** The route's template, e.g. `/open-apis/im/v1/messages/:message_id`. */
  route: string
  params: Record<string, string>
  /** open_id of the person whose user_access_token the call carries; absent: the app calls with its own token. */
  user?: string
  /** Repeated keys are arrays. Values are still strings. */
  query: Record<string, string | string[] | undefined>
  /** Parsed JSON body ({} when empty); multipart calls read `request` themselves. */
  body: Record<string, unknown>
  request: FastifyRequest
  reply: FastifyReply
}

export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Full path with `:params`, e.g. `/open-apis/im/v1/messages`. */
  path: string
  limit?: RateLimit
  /**
   * Default 'tenant': needs a live tenant_access_token. 'user': a user_access_token. 'any': either. 'none' for the
   * token calls themselves.
   */
  auth?: 'tenant' | 'user' | 'any' | 'none'
  /**
   * JSON Schema of the body where the schemas generated from lark-mcp are missing or leave something opaque.
   * Failing the schema answers HTTP 400 with 99992402 "field validation failed" and field_violations.
   */
  body?: Record<string, unknown>
  /** false: the returned value is the whole answer (the token calls and a few old APIs have no `data`). */
  envelope?: false
  /** Points of this endpoint nobody could confirm; the conformance table lists them. */
  unverified?: readonly string[]
  /** Returned value becomes `data` of `{code:0,msg:"success",data}`. Throw `ApiFailure` for a platform error. */
  handle(call: ApiCall): unknown | Promise<unknown>
}

/** An answer of the platform with code ≠ 0. `status` is the HTTP status that goes with it (facts 5.9). */
export class ApiFailure extends Error {
  readonly code: number
  readonly status: number
  readonly headers: Record<string, string>
  readonly error: Record<string, unknown> | undefined
  constructor(
    code: number,
    msg: string,
    options: { status?: number; headers?: Record<string, string>; error?: Record<string, unknown> } = {},
  ) {
    super(msg)
    this.code = code
    this.status = options.status ?? 400
    this.headers = options.headers ?? {}
    this.error = options.error
  }
}

/** An event of the platform before it is wrapped, encrypted and signed. */
export type OutgoingEvent =
  | { schema: '2.0'; type: string; event: Record<string, unknown> }
  /** Schema 1.0 (approval): events with the same `lane` are delivered in order, the next after the previous was acknowledged. */
  | { schema: '1.0'; type: string; event: Record<string, unknown>; lane: string }

/** What came back from a card callback: the parsed answer, or the client error code a user would see (200340, 200341 …). */
export type CallbackOutcome =
  | { ok: true; answer: Record<string, unknown>; ms: number }
  | { ok: false; clientCode: number; detail: string; ms: number }

export interface Events {
  /** Queues for delivery over the configured transport; retried at 15 s, 5 min, 1 h, 6 h of sandbox time. */
  emit(event: OutgoingEvent): void
  /** Card callback: delivered once, at most 3 s, never re-sent. */
  callback(event: { type: string; event: Record<string, unknown> }): Promise<CallbackOutcome>
}

/** The one self-built app of this world and what its developer would copy from the console. */
export interface AppIdentity {
  /** uuid of the world: a product that was paired with another world refuses this one */
  worldId: string
  appId: string
  appSecret: string
  encryptKey: string
  verificationToken: string
  tenantKey: string
  botOpenId: string
  botName: string
}

/** What `GET /_control/routes` and the workbench tell about a control route. */
export interface ControlAbout {
  zh: string
  en: string
  /** Fields of the body, or of the query for GET: name → what it is. */
  fields?: Record<string, string>
  /** A body that works in a new world. */
  example?: Record<string, unknown>
}

export type ControlHandle = (call: ControlCall) => unknown | Promise<unknown>

export interface ControlCall {
  params: Record<string, string>
  query: Record<string, string | string[] | undefined>
  body: Record<string, unknown>
}

/** A request of the browser client, made as one of the sandbox's people. */
export interface WebCall extends ControlCall {
  /** open_id of the person whose eyes and permissions count; '' when the client has not chosen one yet. */
  person: string
  request: FastifyRequest
  reply: FastifyReply
}

export interface Kernel {
  readonly app: FastifyInstance
  readonly clock: SandboxClock
  readonly random: Random
  /** App id, secret, keys, tenant. Made when the world is made, saved with it. */
  identity(): AppIdentity
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  baseUrl(): string
  /** Settings the control API may change at run time (latencyMs, rowCap, ordersPerMinute …), saved with the world. */
  readonly settings: SandboxSettings
  /** Platform-looking id, e.g. `id('om_')`, `id('rec')`, `id('oc_')`; unique in the world. */
  id(prefix: string): string
  /** The part's data: a plain JSON object, loaded from the saved world or made by `initial`. Mutate it in place, then call `changed(name)`. */
  state<T extends object>(name: string, initial: () => T): T
  /** Marks a part's data for the next save. */
  changed(name: string): void
  /** Uploaded bytes by key, beside the saved world (in memory without one); gone after a reset. */
  readonly blobs: Blobs
  /**
   * Runs `fn` once all parts are registered and the saved world (if any) is loaded, and again after every reset,
   * in registration order: seed when empty, start timers. A reset cancels all timers and refills every state object in
   * place, so references held by parts stay good.
   */
  onStart(fn: () => void | Promise<void>): void
  /** Registers a Feishu open API route: token, schema, limits, faults, latency, traffic record and envelope are applied around it. */
  api(route: ApiRoute): void
  /**
   * Registers `/_control/<path>`; the returned value is sent as JSON as it is. Throw `ApiFailure` for a clear 4xx.
   * With `about` the route stands in the control API's own documentation.
   */
  control(
    method: 'GET' | 'POST',
    path: string,
    route: ControlHandle | { about: ControlAbout; handle: ControlHandle },
  ): void
  /**
   * Registers `/_web/<path>` for the browser client: the returned value is sent as JSON (return `call.reply` after
   * sending anything else), `ApiFailure` becomes `{code,msg}`. Loopback only, like the control API. Never counted in
   * the traffic record and never struck by faults: people's clicks are not API calls.
   */
  web(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    handle: (call: WebCall) => unknown | Promise<unknown>,
  ): void
  /** Told the name of a part (`state` name, or `traffic`) whenever it changed. Returns what ends it. */
  onChange(listener: (part: string) => void): () => void
  readonly events: Events
  /** Adds a section to `GET /_control/effects` (rows, messages, instances, refunds …). */
  effect(name: string, read: () => unknown): void
  /** Adds a section to `GET /_control/state`. */
  describe(name: string, read: () => unknown): void
  /**
   * For servers that are not Feishu (channels, ERP): wraps a raw Fastify handler with the same latency, faults and
   * traffic record, under a fault family such as `douyin-shop` or `jushuitan`. Apply-then-reset faults work here too.
   */
  outside(
    family: string,
    handle: (request: FastifyRequest, reply: FastifyReply) => unknown | Promise<unknown>,
  ): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
  /** Delivers an outside push (channel → product) with retries on sandbox time; records it in the traffic. */
  push(request: {
    family: string
    url: string
    headers: Record<string, string>
    body: Buffer
    accepted(status: number, body: string): boolean
    retryAfterMs: readonly number[]
    /** Told after every try, for the pusher's own record. */
    attempted?(attempt: PushAttempt): void
  }): void
}

/** One try to deliver a push. */
export interface PushAttempt {
  /** sandbox time, ms */
  at: number
  accepted: boolean
  /** Absent when no answer came. */
  status?: number
  /** The answer's body, or why there was none. */
  answer: string
  ms: number
  /** Sandbox time of the next try; null when there is none. */
  nextAt: number | null
}

export interface SandboxSettings {
  /** Added to every Feishu API answer, ms. */
  latencyMs: number
  /** Rows a Bitable table may hold (1254103 above). */
  rowCap: number
  /** Speed of the order generator; 0 stops it. */
  ordersPerMinute: number
  /** Where events go: a URL for webhook delivery, or the long connection when no URL is set. */
  eventUrl: string | null
  /** Where card callbacks go; null: the long connection. */
  callbackUrl: string | null
  /** Where a channel's pushes go, by connector id, e.g. `{ "douyin-shop": "http://127.0.0.1:3000/channels/…/push" }`. */
  pushUrls: Record<string, string>
  /** Seconds between a long-connection client's pings, as told to it; the platform says 120. */
  wsPingSeconds: number
  /** Seconds a long-connection client waits before it connects again; the platform says 120, too long to watch. */
  wsReconnectSeconds: number
  /** Event and callback types the app subscribed to in the developer console; null: all this sandbox can send. */
  subscriptions: string[] | null
}
