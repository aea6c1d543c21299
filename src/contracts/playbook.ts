/** One business flow: what it shows (tables, cards, approvals) and what it does (handlers, actions, jobs, schedules). */
import type { z } from 'zod'
import type { AnyApproval, ApprovalDef, CaseView } from './approval.ts'
import type { Order, Refund } from './canonical.ts'
import type { AnyCard, CardDef, InputOf, PressAnswer } from './card.ts'
import type { CommandResult, Commands, ConnectorLog, DeepLink, RefundCommand } from './connector.ts'
import type { CanonicalEvent, EventType } from './event.ts'
import type { AnyTable, RowOf } from './table.ts'

export interface Person {
  openId: string
  userId?: string
  name: string
  /** e.g. 客服, 主管, 财务, 管理员 */
  roles: readonly string[]
  /** Their operator ids in other systems, by connector id. */
  operators: Readonly<Record<string, string>>
}

export interface ShopView {
  id: string
  name: string
  connector: string
  /** Connector id of the ERP this shop's orders are booked in, if any. */
  erp?: string
  /** Group that gets the shop's order cards. */
  chatId?: string
  /** Who executes an approved refund of this shop: exactly one of them. */
  payer: 'erp' | 'channel' | 'person'
  /** Template of 查看订单, e.g. `https://erp.example/orders/{orderNo}`; absent: the channel's back office. */
  orderUrlTemplate?: string
}

/** Desired rows. Inside a handler all of it is one transaction with the event. */
export interface Rows {
  /**
   * The row as it is wished for now, locked until the end of the transaction: what a handler concludes from it still
   * holds when it writes. Read records that others change after it, not before.
   */
  get<T extends AnyTable>(table: T, key: string): Promise<RowOf<T> | undefined>
  /**
   * Merges `values` into the row's desired state (creates it when new). Staff-owned fields are only taken as
   * initial values of a new row. Unchanged values write nothing. `null` empties a field.
   */
  put<T extends AnyTable>(table: T, key: string, values: RowOf<T>): Promise<void>
  /** Creates the row once; returns false (and changes nothing) when it exists. For ledgers. */
  insert<T extends AnyTable>(table: T, key: string, values: RowOf<T>): Promise<boolean>
  /**
   * Makes a row that people added (event `row.added`) ours under `key`; when we have that key already, the people's
   * row stays theirs and false is returned.
   */
  adopt<T extends AnyTable>(table: T, key: string, recordId: string, values: RowOf<T>): Promise<boolean>
  /** Sets staff-owned fields too: for what a person did through a card (`by` = their open_id). */
  act<T extends AnyTable>(table: T, key: string, values: RowOf<T>, by: string): Promise<void>
}

/** Desired cards: one post per (card, subject, chat), kept current. */
export interface Cards {
  /** Posts it, or brings the existing post up to date. */
  show<C extends AnyCard>(card: C, subject: string, to: { chatId: string }, input: InputOf<C>): Promise<void>
  /** Brings existing posts of the subject up to date in every chat; nothing when there is none. */
  update<C extends AnyCard>(card: C, subject: string, input: InputOf<C>): Promise<void>
}

export interface Approvals {
  /** The live or last case about the subject. */
  find(approval: AnyApproval, subject: string): Promise<CaseView | undefined>
  /** Wants one live case about the subject; an existing live one with the same input is kept. */
  open<I extends z.ZodType>(
    approval: ApprovalDef<I>,
    subject: string,
    request: { input: z.infer<I>; applicant: string },
  ): Promise<void>
  /** Cancels the live case (if any) and wants a new one linked to it. */
  reopen<I extends z.ZodType>(
    approval: ApprovalDef<I>,
    subject: string,
    request: { input: z.infer<I>; applicant: string; reason: string },
  ): Promise<void>
  /** Cancels the live case; nothing when there is none. */
  cancel(approval: AnyApproval, subject: string, reason: string): Promise<void>
}

export interface Directory {
  person(openId: string): Promise<Person | undefined>
  personByOperator(connector: string, operatorId: string): Promise<Person | undefined>
  everybody(): Promise<Person[]>
  peopleWithRole(role: string): Promise<Person[]>
  savePerson(person: Person): Promise<void>
  /** Nothing is believed from them any more, until they are saved again. */
  removePerson(openId: string): Promise<void>
  shop(shopId: string): Promise<ShopView | undefined>
  shops(): Promise<ShopView[]>
  /** Changes the settings people own; `null` empties one, whatever the configuration says. Unknown shops are refused. */
  saveShop(
    shopId: string,
    change: { chatId?: string | null; payer?: ShopView['payer']; orderUrlTemplate?: string | null },
  ): Promise<void>
  /** Chat that gets cards somebody must act on. */
  operationsChat(): Promise<string | undefined>
  /** Named chats from settings, e.g. `refunds`. */
  chat(name: string): Promise<string | undefined>
  /** Applicant of approvals when the operator is unknown. */
  defaultApplicant(): Promise<string | undefined>
}

export interface Records {
  order(platform: string, orderNo: string): Promise<Order | undefined>
  /** By the number alone, which is what a row's key tells; the newest when two platforms ever share one. */
  orderByNo(orderNo: string): Promise<Order | undefined>
  refund(platform: string, refundNo: string): Promise<Refund | undefined>
  refundByNo(refundNo: string): Promise<Refund | undefined>
  refundsOf(platform: string, orderNo: string): Promise<Refund[]>
}

export interface EnqueueOptions {
  /** Work with the same key waits or runs only once at a time; while one waits, another is not added. */
  key: string
  /** Not before, ms since the epoch. */
  at?: number
}

/** Context of `on` and `actions`: bound to one transaction, no network. */
export interface HandlerContext {
  readonly now: number
  /** Trace id of the subject: on the card, the row, the approval and every log line. */
  readonly trace: string
  readonly log: ConnectorLog
  readonly rows: Rows
  readonly cards: Cards
  readonly approvals: Approvals
  readonly directory: Directory
  readonly records: Records
  /** Where 查看订单 leads, per device; the shop's template, else the channel's back office. */
  orderLink(order: Order): Promise<DeepLink | undefined>
  enqueue(job: string, input: Record<string, unknown>, options: EnqueueOptions): Promise<void>
  /** A card in the operations group: something a person must do. One per (code, subject) until it is resolved. */
  alert(alert: { code: string; subject: string; title: string; text: string; remedy: string }): Promise<void>
  /** What an alert told of is settled: its card says so. Nothing when it is not open. */
  resolve(key: { code: string; subject: string }): Promise<void>
}

/** Commands of one system, already bound to the shop; in shadow mode they are recorded instead of executed. */
export interface Outward {
  readonly id: string
  can(command: keyof Commands<unknown>): boolean
  agreeRefund(command: RefundCommand): Promise<CommandResult>
  refuseRefund(command: RefundCommand): Promise<CommandResult>
  agreeReturn(command: RefundCommand): Promise<CommandResult>
  writeBackRefund(
    command: RefundCommand & { decision: 'approved' | 'rejected'; execute: boolean },
  ): Promise<CommandResult>
}

/** Context of `jobs`: network, no open transaction; `transaction` opens one for the results. */
export interface JobContext {
  readonly now: number
  readonly trace: string
  readonly log: ConnectorLog
  readonly records: Records
  readonly directory: Directory
  /** The shop's own channel. */
  channel(shopId: string): Promise<Outward>
  /** The shop's ERP, when it has one. */
  erp(shopId: string): Promise<Outward | undefined>
  /** Pulls the record again and stores it (its events follow as always). */
  refresh(kind: 'orders' | 'refunds', shopId: string, externalId: string, connector?: string): Promise<void>
  transaction<R>(run: (ctx: HandlerContext) => Promise<R>): Promise<R>
}

export interface JobDef<I extends z.ZodType = z.ZodType> {
  readonly input: I
  run(ctx: JobContext, input: z.infer<I>): Promise<void>
}

export type Handlers = { [T in EventType]?: (ctx: HandlerContext, event: CanonicalEvent<T>) => Promise<void> }

export interface PressEvent<V = Record<string, unknown>> {
  subject: string
  chatId: string
  messageId: string
  by: Person
  /** ms */
  at: number
  /** When the subject was first announced in this chat, ms: where follow-up clocks start. */
  postedAt: number
  value: V
  /** Values of a submitted form, by element name. */
  form: Record<string, unknown>
}

type ActionsOf<C extends AnyCard> =
  C extends CardDef<z.ZodType, infer A>
    ? { [K in keyof A]: (ctx: HandlerContext, press: PressEvent<z.infer<A[K]>>) => Promise<PressAnswer> }
    : never

/** Handlers for every action of every card of the playbook, by card name: a missing one does not compile. */
export type ActionHandlers<C extends Readonly<Record<string, AnyCard>>> = { [N in keyof C]: ActionsOf<C[N]> }

export interface Schedule {
  id: string
  /** cron expression, Asia/Shanghai; avoid the hh:00 and hh:30 marks */
  cron: string
  job: string
  input: Record<string, unknown>
}

export interface PlaybookDef<
  C extends Readonly<Record<string, AnyCard>> = Readonly<Record<string, AnyCard>>,
> {
  readonly id: string
  readonly label: string
  readonly tables: readonly AnyTable[]
  readonly cards: C
  readonly approvals: readonly AnyApproval[]
  /** Runs at every start, in a transaction: states rows the flow needs from the first day. */
  start?(ctx: HandlerContext): Promise<void>
  readonly on: Handlers
  readonly actions: ActionHandlers<C>
  readonly jobs: Readonly<Record<string, JobDef>>
  readonly schedules: readonly Schedule[]
}

export function defineJob<I extends z.ZodType>(job: JobDef<I>): JobDef<I> {
  return job
}

export function definePlaybook<const C extends Readonly<Record<string, AnyCard>>>(
  definition: PlaybookDef<C>,
): PlaybookDef<C> {
  return definition
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds playbooks of many cards; each is typed where it is defined
export type AnyPlaybook = PlaybookDef<any>
