/** What speaks to one outside system (channel, ERP, finance). A connector never touches our database or Feishu. */
import type { z } from 'zod'
import type { RecordKind, RecordOf } from './canonical.ts'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  /** Sent byte for byte: what was signed is what goes out. */
  body?: string | Uint8Array
  /** ms; default 10,000 */
  timeoutMs?: number
  /** true only for calls that change nothing: those alone are retried inside the client. */
  idempotent?: boolean
}

export interface HttpResponse {
  status: number
  headers: Record<string, string>
  /** UTF-8 text; parse with the kit's big-int-safe reader where ids are 64-bit numbers. */
  body: string
}

/** Allow-listed, timed, pooled, redacted. Throws AppError with `outcome` not-sent or unknown when no answer came. */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>
}

export interface ConnectorLog {
  debug(context: object, message: string): void
  info(context: object, message: string): void
  warn(context: object, message: string): void
  error(context: object, message: string): void
}

export interface Token {
  accessToken: string
  refreshToken?: string
  /** ms since the epoch */
  expiresAt: number
  refreshExpiresAt?: number
}

export interface Shop {
  /** Our id, from huiliu.config.ts. */
  id: string
  name: string
}

export interface AuthorizeDeps<C> {
  config: C
  shop: Shop
  http: Http
  now(): number
  log: ConnectorLog
}

export interface ConnectorDeps<C> extends AuthorizeDeps<C> {
  /** A live access token; the machine keeps it encrypted, refreshes it early and once at a time. '' when the connector has no `authorize`. */
  token(): Promise<string>
  /** Stops a long pull. */
  signal?: AbortSignal
}

/** ms since the epoch, half open: [from, to). Meant in the channel's update time. */
export interface Window {
  from: number
  to: number
}

export interface Page {
  /** Parsed records as the channel sent them (64-bit ids already text). */
  records: unknown[]
  /** Known total of the window, when the channel says. */
  total?: number
}

/** A push after verification: what changed. The machine then fetches the record itself. */
export type Inbound =
  | {
      kind: 'changed'
      resource: RecordKind
      externalId: string
      version?: number
      dedupeKey: string
      /** The channel's own id of the shop, when the push names it: one app may push for many shops. */
      channelShopId?: string
    }
  /** Address check and other messages that only want an answer. */
  | { kind: 'ignore'; dedupeKey: string; reason: string }

export interface PushRequest {
  headers: Record<string, string | undefined>
  query: Record<string, string | undefined>
  path: string
  raw: Buffer
}

/** A row of a spreadsheet. */
export interface SheetRow {
  /** As people count them, from 1. */
  line: number
  cells: readonly string[]
}

export interface ColumnGuess {
  /** Our field. */
  field: string
  /** What people call it. */
  label: string
  /** From 0. */
  column: number
  /** As the file calls it. */
  header: string
  /** 0 to 1; below 0.8 a person should look. */
  confidence: number
}

export interface SheetGuess {
  kind: RecordKind
  columns: ColumnGuess[]
  /** Labels of required fields no column was found for. */
  missing: string[]
}

export type Verdict = { ok: true } | { ok: false; reason: string }

/** Records that somebody hands to us, instead of our asking for them. */
export interface Delivery {
  /** The sender's name of this delivery: sent again, it is answered again and stored once. */
  idempotencyKey: string
  records: { kind: RecordKind; record: unknown }[]
}

export interface PushReply {
  status: number
  contentType: string
  body: string
}

export interface DeepLink {
  url: string
  pcUrl?: string
  iosUrl?: string
  androidUrl?: string
}

/** Result of a command: `done` this call (or an earlier one) brought the target state; `refused` the other side said no for good. */
export type CommandResult =
  | { outcome: 'done'; already: boolean; detail: Record<string, unknown> }
  | { outcome: 'refused'; code: string; message: string; detail: Record<string, unknown> }

export interface RefundCommand {
  refundNo: string
  orderNo: string
  /** The refund's number in this connector's own system (`refund.refs[connector id]`). */
  ref: string
  /** fen */
  amount: number
  kind: RecordOf['refunds']['kind']
  reason: string
  /** Shown to the other side, e.g. who approved and when. */
  remark: string
  rejectReasonCode?: string
}

/**
 * Commands read the state first, act only when needed, read again, and never assume: calling one twice must
 * execute once. Only what the channel offers is present.
 */
export interface Commands<C> {
  agreeRefund(deps: ConnectorDeps<C>, command: RefundCommand): Promise<CommandResult>
  refuseRefund(deps: ConnectorDeps<C>, command: RefundCommand): Promise<CommandResult>
  agreeReturn(deps: ConnectorDeps<C>, command: RefundCommand): Promise<CommandResult>
  /** ERP: write a decision back (the money moves elsewhere or here, as the shop's payer setting says). */
  writeBackRefund(
    deps: ConnectorDeps<C>,
    command: RefundCommand & { decision: 'approved' | 'rejected'; execute: boolean },
  ): Promise<CommandResult>
}

export interface ResourcePlan {
  /** Longest window one pull may ask for, ms. */
  maxWindowMs: number
  /** How far a window reaches back over the previous one, ms. */
  overlapMs: number
  /** How far back the channel answers at all, ms. */
  lookbackMs: number
}

export interface CheckReport {
  shopName: string
  tokenExpiresAt?: number
  /** Their clock minus ours, ms. */
  clockSkewMs: number
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds connectors of many configs; each is typed where it is defined
export type AnyConnector = Connector<any>

export interface Connector<C = unknown> {
  /** Equal to the folder's name, e.g. `douyin-shop`. */
  readonly id: string
  /** What people see, e.g. 抖店. */
  readonly label: string
  /** A file is believed last: platform before ERP before file. */
  readonly role: 'channel' | 'erp' | 'finance' | 'file'
  /** First half of the identity of its orders, e.g. `douyin`. An ERP takes the platform from the record. */
  readonly platform: string
  /** One shop's settings and secrets, validated at start. */
  readonly config: z.ZodType<C>
  /** Hosts it may call. */
  hosts(config: C): string[]
  /** Gets a first token, or refreshes `previous`. Absent: the connector needs none. */
  authorize?(deps: AuthorizeDeps<C>, previous?: Token): Promise<Token>
  readonly push?: {
    verify(request: PushRequest, config: C): Verdict
    /** Answers the channel's GET that checks the address, where it makes one; undefined: refused. */
    echo?(request: PushRequest, config: C): PushReply | undefined
    /** `config` opens encrypted bodies. Throws DataError for authentic but unreadable bytes (the machine parks them). */
    parse(request: PushRequest, config: C): Inbound[]
    /** `request`: some channels want a part of it back. */
    reply(verdict: Verdict, request?: PushRequest): PushReply
  }
  /** `POST /channels/:shopId/records`: whole records are handed to us, each answered by itself. */
  readonly accept?: {
    /** `now`: real time in ms; senders stamp their requests. */
    verify(request: PushRequest, config: C, now: number): Verdict
    /** @throws DataError when an authentic body as a whole cannot be read */
    read(request: PushRequest): Delivery
  }
  /** Records come in spreadsheets: how columns are understood and rows become records. */
  readonly sheets?: {
    /** How many cells of a row are headers that are known: the header row has the most. */
    headerScore(row: readonly string[]): number
    guess(header: readonly string[], samples: readonly (readonly string[])[]): SheetGuess
    /** What a column may be told to be. */
    fields(kind: RecordKind): readonly { key: string; label: string; required: boolean }[]
    /** Rows of one key belong to one record; '' when the row has none. */
    keyOf(kind: RecordKind, columns: ReadonlyMap<string, number>, row: SheetRow): string
    record(columns: ReadonlyMap<string, number>, rows: readonly SheetRow[]): unknown
  }
  /** The channel's own id of the shop: one app may push for several shops to one address. */
  channelShopId?(config: C): string
  readonly resources: Partial<Record<RecordKind, ResourcePlan>>
  /** Pages of the records changed in the window; must tolerate records moving between pages. */
  pull(kind: RecordKind, window: Window, deps: ConnectorDeps<C>): AsyncIterable<Page>
  /** One record by its own id, null when the channel does not know it. */
  fetch(kind: RecordKind, externalId: string, deps: ConnectorDeps<C>): Promise<unknown | null>
  /** Pure; throws DataError naming the path when the record is unreadable. */
  normalize<K extends RecordKind>(kind: K, record: unknown, context: { shop: Shop; config: C }): RecordOf[K]
  /**
   * The record as it may be stored: personal data masked or dropped (also what could be decrypted later), and codes that
   * are worth money masked. Pure, takes anything, and `normalize` reads the same from it.
   */
  scrub(record: unknown): unknown
  readonly commands: Partial<Commands<C>>
  orderUrl?(order: RecordOf['orders'], config: C): DeepLink
  /** Throws AppError `connector_token_rejected` when the token is not accepted. */
  check(deps: ConnectorDeps<C>): Promise<CheckReport>
}
