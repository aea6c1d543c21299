/**
 * What the rest of the machine may ask of Feishu. Every call: own token, timeout, limits shared through the
 * database, one failure path (`FeishuError`), the budget meter. Wire names stay in this folder.
 */
import { AppError, type AppErrorOptions } from '#src/errors.ts'

/** Class of a failure (facts: retry table of the platform's error codes). */
export type FeishuFailure =
  | 'rate-limited'
  | 'transient'
  | 'token'
  | 'already-done'
  | 'permission'
  | 'not-found'
  | 'expired'
  | 'invalid'
  | 'unknown'

/** `feishuCode` is the platform's code, 0 when no readable answer came; `outcome` tells whether it may have been applied. */
export class FeishuError extends AppError {
  readonly feishuCode: number
  readonly failure: FeishuFailure
  readonly httpStatus: number
  readonly api: string
  readonly logId: string | undefined
  /** ms the server asked us to wait. */
  readonly resetMs: number | undefined

  constructor(
    message: string,
    detail: {
      feishuCode: number
      failure: FeishuFailure
      httpStatus: number
      api: string
      logId?: string
      resetMs?: number
    },
    options: AppErrorOptions,
  ) {
    super(
      detail.feishuCode === 0 ? `feishu_${detail.failure}` : `feishu_${detail.feishuCode}`,
      message,
      options,
    )
    this.feishuCode = detail.feishuCode
    this.failure = detail.failure
    this.httpStatus = detail.httpStatus
    this.api = detail.api
    this.logId = detail.logId
    this.resetMs = detail.resetMs
  }
}

/** What a call is for: the budget meter's second column, e.g. `mirror`, `cards`, `approvals`, `setup`. */
export interface CallOptions {
  purpose: string
}

export interface SentMessage {
  messageId: string
  chatId: string
  /** ms since the epoch */
  createdAt: number
}

export interface ListedMessage extends SentMessage {
  msgType: string
  /** Content as the list returns it (cards: as sent, `user_card_content`). */
  content: string
  deleted: boolean
  senderType: string
}

export interface Messages {
  /** `uuid` ≤ 50 characters: the same one within an hour is sent once. */
  sendCard(
    to: { chatId: string } | { openId: string },
    card: string,
    uuid: string,
    options: CallOptions,
  ): Promise<SentMessage>
  sendText(
    to: { chatId: string } | { openId: string },
    text: string,
    uuid: string,
    options: CallOptions,
  ): Promise<SentMessage>
  replyCard(messageId: string, card: string, uuid: string, options: CallOptions): Promise<SentMessage>
  /** Card only, ≤ 14 days after sending (230031 → failure `expired`). */
  patchCard(messageId: string, card: string, options: CallOptions): Promise<void>
  /** Newest first, `from`/`to` ms; needs im:message.group_msg. */
  list(
    chatId: string,
    range: { from: number; to: number; pageToken?: string },
    options: CallOptions,
  ): Promise<{ items: ListedMessage[]; next: string | undefined }>
}

export interface Chats {
  list(options: CallOptions): Promise<{ chatId: string; name: string }[]>
  create(
    chat: { name: string; members: string[]; ownerId?: string; uuid: string },
    options: CallOptions,
  ): Promise<string>
  addMembers(chatId: string, openIds: string[], options: CallOptions): Promise<{ invalid: string[] }>
}

export interface WireField {
  fieldId: string
  name: string
  type: number
  uiType: string
  property: Record<string, unknown> | null
  isPrimary: boolean
}

export interface WireRecord {
  recordId: string
  /** Wire values by field name. */
  fields: Record<string, unknown>
  lastModifiedTime?: number
}

export interface SearchRequest {
  viewId?: string
  fieldNames?: string[]
  sort?: { field_name: string; desc?: boolean }[]
  filter?: Record<string, unknown>
  automaticFields?: boolean
  pageSize?: number
  pageToken?: string
}

export interface Bitable {
  createApp(
    name: string,
    options: CallOptions,
  ): Promise<{ appToken: string; defaultTableId: string; url: string }>
  getApp(
    appToken: string,
    options: CallOptions,
  ): Promise<{ appToken: string; name: string; timeZone: string; isAdvanced: boolean }>
  listTables(appToken: string, options: CallOptions): Promise<{ tableId: string; name: string }[]>
  createTable(
    appToken: string,
    table: { name: string; default_view_name?: string; fields: Record<string, unknown>[] },
    options: CallOptions,
  ): Promise<{ tableId: string; defaultViewId: string | undefined; fieldIds: string[] }>
  deleteTable(appToken: string, tableId: string, options: CallOptions): Promise<void>
  listFields(appToken: string, tableId: string, options: CallOptions): Promise<WireField[]>
  createField(
    appToken: string,
    tableId: string,
    field: Record<string, unknown>,
    options: CallOptions,
  ): Promise<WireField>
  /** PUT: full overwrite. */
  updateField(
    appToken: string,
    tableId: string,
    fieldId: string,
    field: Record<string, unknown>,
    options: CallOptions,
  ): Promise<WireField>
  listViews(
    appToken: string,
    tableId: string,
    options: CallOptions,
  ): Promise<{ viewId: string; name: string; type: string }[]>
  createView(
    appToken: string,
    tableId: string,
    view: { view_name: string; view_type: string },
    options: CallOptions,
  ): Promise<string>
  patchView(
    appToken: string,
    tableId: string,
    viewId: string,
    view: Record<string, unknown>,
    options: CallOptions,
  ): Promise<void>
  /** `clientToken`: uuid v4. Records come back in request order (to be checked by the caller: not guaranteed). */
  batchCreate(
    appToken: string,
    tableId: string,
    records: { fields: Record<string, unknown> }[],
    clientToken: string,
    options: CallOptions,
  ): Promise<WireRecord[]>
  batchUpdate(
    appToken: string,
    tableId: string,
    records: { record_id: string; fields: Record<string, unknown> }[],
    clientToken: string,
    options: CallOptions,
  ): Promise<void>
  batchDelete(appToken: string, tableId: string, recordIds: string[], options: CallOptions): Promise<void>
  batchGet(
    appToken: string,
    tableId: string,
    recordIds: string[],
    options: CallOptions,
  ): Promise<{ records: WireRecord[]; absent: string[]; forbidden: string[] }>
  search(
    appToken: string,
    tableId: string,
    request: SearchRequest,
    options: CallOptions,
  ): Promise<{ items: WireRecord[]; next: string | undefined; total: number }>
}

export interface ApprovalWidget {
  id: string
  customId: string | undefined
  name: string
  type: string
  required: boolean
  /** radio and checkbox options */
  options: { key: string; text: string }[]
}

export interface ApprovalInstance {
  instanceCode: string
  approvalCode: string
  uuid: string | undefined
  status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'CANCELED' | 'DELETED'
  /** REVERTED exists only in events; an instance read back shows CANCELED with `reverted`. */
  reverted: boolean
  openId: string
  /** ms, undefined while it runs */
  endedAt: number | undefined
  tasks: {
    id: string
    openId: string | undefined
    status: string
    nodeName: string
    endedAt: number | undefined
  }[]
  timeline: { type: string; openId: string | undefined; comment: string | undefined; at: number }[]
}

export interface Approvals {
  definition(
    approvalCode: string,
    options: CallOptions,
  ): Promise<{ name: string; status: string; widgets: ApprovalWidget[] }>
  /** 1390007 (already subscribed) is success. */
  subscribe(approvalCode: string, options: CallOptions): Promise<void>
  /** `form`: JSON string. 60012 (uuid used) → failure `already-done`: read by uuid. */
  create(
    instance: { approvalCode: string; openId: string; form: string; uuid: string; title?: string },
    options: CallOptions,
  ): Promise<string>
  /** By instance code or uuid; undefined when it does not exist (1390003). */
  get(codeOrUuid: string, options: CallOptions): Promise<ApprovalInstance | undefined>
  /** The API takes the applicant's open_id. Never cancel without reading first: cancelling an approved instance re-opens it. */
  cancel(
    approvalCode: string,
    instanceCode: string,
    applicant: { openId: string },
    options: CallOptions,
  ): Promise<void>
}

export interface Contacts {
  /** open_ids by mobile; unknown mobiles are left out. */
  openIdsByMobile(mobiles: string[], options: CallOptions): Promise<Map<string, string>>
  user(
    openId: string,
    options: CallOptions,
  ): Promise<{ openId: string; userId: string | undefined; name: string } | undefined>
}

export interface Drive {
  addMember(
    token: string,
    type: 'bitable',
    member: { openId: string; perm: 'view' | 'edit' | 'full_access' },
    options: CallOptions,
  ): Promise<void>
  subscribe(token: string, type: 'bitable', options: CallOptions): Promise<void>
}

export interface Feishu {
  readonly messages: Messages
  readonly chats: Chats
  readonly bitable: Bitable
  readonly approvals: Approvals
  readonly contacts: Contacts
  readonly drive: Drive
  /** Checks the credentials with a token request of its own (never a cached token). */
  checkCredentials(): Promise<void>
}
