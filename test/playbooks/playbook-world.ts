import { fixedClock } from '#src/clock.ts'
import type { AnyApproval } from '#src/contracts/approval.ts'
import type { Order, Refund } from '#src/contracts/canonical.ts'
import type { AnyCard } from '#src/contracts/card.ts'
import type { CommandResult, RefundCommand } from '#src/contracts/connector.ts'
import type { EventPayloads, EventType } from '#src/contracts/event.ts'
import type { HandlerContext, Outward, Person } from '#src/contracts/playbook.ts'
import type { AnyTable, RowOf } from '#src/contracts/table.ts'
import type { Database } from '#src/db/database.ts'
import { alerts, cardPosts, cases, events, orders, refunds, tableRows } from '#src/db/schema/index.ts'
import { type ConfiguredShop, directorySettings, saveSetting } from '#src/directory/directory.ts'
import type { TaskRequest } from '#src/jobs/task.ts'
import { silentLogger } from '#src/log.ts'
import { createContext, type RuntimeDeps } from '#src/runtime/context.ts'
import { drainOne } from '#src/runtime/drain-events.ts'
import { answerPress } from '#src/runtime/press.ts'
import { createRegistry } from '#src/runtime/registry.ts'
import { type JobDeps, runJob } from '#src/runtime/run-job.ts'
import { alertCard } from '../../cards/index.ts'
import { playbooks } from '../../playbooks/index.ts'
import { startMs } from '../intake/records.ts'

export const lin: Person = {
  openId: 'ou_lin',
  name: '林小夏',
  roles: ['客服'],
  operators: { jushuitan: 'op-7' },
}
export const wang: Person = { openId: 'ou_wang', name: '王岚', roles: ['主管'], operators: {} }
export const zhao: Person = { openId: 'ou_zhao', name: '赵会计', roles: ['财务'], operators: {} }
export const chats = { shop: 'oc_shop', refunds: 'oc_refunds', operations: 'oc_operations' }

/** A system outside: does what `answers` say, and remembers how often money moved. */
export interface FakeSystem extends Outward {
  /** Commands received, oldest first. */
  calls: { command: string; given: RefundCommand & { decision?: string; execute?: boolean } }[]
  /** Refund numbers whose money moved: a command that finds it done moves nothing. */
  executed: string[]
  /** Commands it offers; all by default. */
  offers: string[]
  /** By command: what it answers instead of doing it. */
  answers: Record<string, CommandResult | Error>
}

const done = (already: boolean): CommandResult => ({ outcome: 'done', already, detail: {} })
export const refusedBy = (code: string, message: string): CommandResult => ({
  outcome: 'refused',
  code,
  message,
  detail: {},
})

function fakeSystem(id: string): FakeSystem {
  const system: FakeSystem = {
    id,
    calls: [],
    executed: [],
    offers: ['agreeRefund', 'refuseRefund', 'agreeReturn', 'writeBackRefund'],
    answers: {},
    can: (command) => system.offers.includes(command),
    agreeRefund: (given) => act('agreeRefund', given, true),
    refuseRefund: (given) => act('refuseRefund', given, false),
    agreeReturn: (given) => act('agreeReturn', given, false),
    writeBackRefund: (given) => act('writeBackRefund', given, given.execute),
  }
  const act = async (command: string, given: FakeSystem['calls'][number]['given'], pays: boolean) => {
    system.calls.push({ command, given })
    const answer = system.answers[command]
    if (answer instanceof Error) throw answer
    if (answer !== undefined) return answer
    const already = system.executed.includes(given.refundNo)
    if (pays && !already) system.executed.push(given.refundNo)
    return done(already)
  }
  return system
}

export interface PlaybookWorld {
  deps: RuntimeDeps
  clock: ReturnType<typeof fixedClock>
  channel: FakeSystem
  erp: FakeSystem
  /** What was refreshed: `kind externalId connector`. */
  refreshed: string[]
  /** Called for every refresh; may store what the other side says by now. */
  onRefresh(run: (kind: string, connector: string | undefined) => Promise<void> | void): void
  within<R>(run: (ctx: HandlerContext) => Promise<R>): Promise<R>
  /** Stores the record and raises its event, as intake does, then has every event handled. */
  orderCame(order: Order, options?: { history?: boolean; before?: Order }): Promise<void>
  refundCame(refund: Refund, options?: { history?: boolean; before?: Refund; source?: string }): Promise<void>
  orderStored(order: Order): Promise<void>
  storeRefund(refund: Refund): Promise<void>
  raise<T extends EventType>(type: T, subject: string, payload: EventPayloads[T]): Promise<void>
  /** What people decide in Feishu about the live case of the subject. */
  decide(
    approval: AnyApproval,
    subject: string,
    decision: 'approved' | 'rejected' | 'cancelled',
  ): Promise<void>
  /** The live case now exists in Feishu. */
  open(approval: AnyApproval, subject: string): Promise<string>
  /** Jobs waiting, as `job key`. */
  waiting(): string[]
  /** Runs the waiting jobs that are due; returns their names. */
  runJobs(): Promise<string[]>
  row<T extends AnyTable>(table: T, key: string): Promise<RowOf<T> | undefined>
  rows(table: AnyTable): Promise<string[]>
  card(card: AnyCard, subject: string): Promise<Record<string, unknown> | undefined>
  press(card: AnyCard, subject: string, action: string, by: Person): ReturnType<typeof answerPress>
  cases(): Promise<(typeof cases.$inferSelect)[]>
  openAlerts(): Promise<string[]>
  /** Events that could not be handled. */
  unhandled(): Promise<unknown[]>
}

export async function startPlaybooks(
  database: Database,
  shop: Partial<ConfiguredShop> = {},
): Promise<PlaybookWorld> {
  await database.pool.query(
    `truncate card_posts, digests, alerts, events, settings, people, shop_settings, table_rows, foreign_rows,
     cases, orders, refunds restart identity`,
  )
  const clock = fixedClock(startMs + 60_000)
  const tasks = new Map<string, TaskRequest>()
  const channel = fakeSystem('douyin-shop')
  const erp = fakeSystem('jushuitan')
  const refreshed: string[] = []
  let refresh: Parameters<PlaybookWorld['onRefresh']>[0] = () => undefined
  const shops: ConfiguredShop[] = [
    {
      id: 'shop-1',
      name: '海岛旗舰店',
      connector: 'douyin-shop',
      erp: 'jushuitan',
      payer: 'erp',
      chatId: chats.shop,
      ...shop,
    },
  ]
  const deps: JobDeps = {
    database,
    registry: createRegistry(playbooks, [alertCard]),
    shops,
    backOffice: (order) => ({ url: `https://back.example/${order.orderNo}` }),
    alertCard,
    jobs: { enqueueTask: async (_tx, request) => void tasks.set(`${request.job} ${request.key}`, request) },
    clock,
    log: silentLogger,
    channel: async () => channel,
    erp: async () => (shops[0]?.erp === undefined ? undefined : erp),
    refresh: async (kind, _shopId, externalId, connector) => {
      refreshed.push(`${kind} ${externalId}${connector === undefined ? '' : ` ${connector}`}`)
      await refresh(kind, connector)
    },
  }
  const { db } = database
  await db.transaction(async (tx) => {
    const set = (key: string, value: string) => saveSetting(tx, key, value, clock.now())
    await set(directorySettings.operationsChat, chats.operations)
    await set(directorySettings.chat('refunds'), chats.refunds)
    await set(directorySettings.defaultApplicant, wang.openId)
  })
  const within: PlaybookWorld['within'] = (run) =>
    db.transaction((tx) => run(createContext(deps, tx, { trace: 'trace-1', playbook: 'test' })))
  for (const person of [lin, wang, zhao]) await within((ctx) => ctx.directory.savePerson(person))

  const raise: PlaybookWorld['raise'] = async (type, subject, payload) => {
    const now = clock.now()
    await db.insert(events).values({ type, subject, payload, at: now, dueAt: now, trace: 'trace-1' })
    while (await drainOne(deps));
  }
  const storeOrder = async (order: Order) => {
    const { platform, orderNo, shopId, status, version } = order
    const row = { status, version, doc: order, origins: {}, storedAt: clock.now() }
    await db
      .insert(orders)
      .values({ platform, orderNo, shopId, createdAt: order.times.created, trace: 'trace-1', ...row })
      .onConflictDoUpdate({ target: [orders.platform, orders.orderNo], set: row })
  }
  const storeRefund = async (refund: Refund) => {
    const { platform, refundNo, orderNo, shopId, stage, version, amount } = refund
    const row = { stage, version, amount, doc: refund, origins: {}, storedAt: clock.now() }
    await db
      .insert(refunds)
      .values({ platform, refundNo, orderNo, shopId, trace: 'trace-1', ...row })
      .onConflictDoUpdate({ target: [refunds.platform, refunds.refundNo], set: row })
  }
  const live = async (approval: AnyApproval, subject: string) => {
    const found = await within((ctx) => ctx.approvals.find(approval, subject))
    if (found === undefined) throw new Error(`no case about ${subject}`)
    return found
  }
  return {
    deps,
    clock,
    channel,
    erp,
    refreshed,
    onRefresh: (run) => {
      refresh = run
    },
    within,
    orderStored: storeOrder,
    storeRefund,
    raise,
    async orderCame(order, { history = false, before } = {}) {
      await storeOrder(order)
      const subject = `order:${order.platform}:${order.orderNo}`
      if (before === undefined) await raise('order.created', subject, { order, history })
      else await raise('order.changed', subject, { order, before, history })
    },
    async refundCame(refund, { history = false, before, source = 'jushuitan' } = {}) {
      await storeRefund(refund)
      const subject = `refund:${refund.platform}:${refund.refundNo}`
      if (before === undefined) await raise('refund.requested', subject, { refund, source, history })
      else await raise('refund.changed', subject, { refund, before, source, history })
    },
    async decide(approval, subject, decision) {
      const { id } = await live(approval, subject)
      const at = clock.now()
      await db.update(cases).set({ state: decision, decidedAt: at })
      await raise('approval.decided', subject, {
        approval: approval.id,
        caseId: id,
        subject,
        decision,
        decidedBy: wang.openId,
        decidedAt: at,
      })
    },
    async open(approval, subject) {
      const { id } = await live(approval, subject)
      const instanceCode = `INSTANCE-${id.slice(0, 8)}`
      await database.pool.query('update cases set state = $1, instance_code = $2 where id = $3', [
        'open',
        instanceCode,
        id,
      ])
      const openedAt = clock.now()
      await raise('approval.opened', subject, {
        approval: approval.id,
        caseId: id,
        subject,
        instanceCode,
        openedAt,
      })
      return instanceCode
    },
    waiting: () => [...tasks.keys()],
    async runJobs() {
      const due = [...tasks].filter(([, task]) => (task.at ?? 0) <= clock.now())
      const ran: string[] = []
      for (const [key, task] of due) {
        tasks.delete(key)
        try {
          await runJob(deps, { job: task.job, input: task.input, trace: task.trace })
        } catch (error) {
          // As the queue does: what failed waits for its next try.
          if (!tasks.has(key)) tasks.set(key, task)
          throw error
        }
        ran.push(task.job)
      }
      while (await drainOne(deps));
      return ran
    },
    row: (table, key) => within((ctx) => ctx.rows.get(table, key)),
    async rows(table) {
      const all = await db.select().from(tableRows)
      return all.filter((row) => row.table === table.id).map((row) => row.key)
    },
    async card(card, subject) {
      const posts = await db.select().from(cardPosts)
      return posts.find((post) => post.card === card.id && post.subject === subject)?.input
    },
    async press(card, subject, action, by) {
      await database.pool.query(
        `update card_posts set message_id = 'om_1', posted_at = wanted_at, shown_version = version where message_id is null`,
      )
      const posts = await db.select().from(cardPosts)
      const post = posts.find((one) => one.card === card.id && one.subject === subject)
      if (post === undefined) throw new Error(`no card about ${subject}`)
      const value = { p: post.id, a: action, v: {} }
      const { chatId } = post
      return answerPress(deps, {
        openId: by.openId,
        messageId: 'om_1',
        chatId,
        value,
        form: {},
        at: clock.now(),
      })
    },
    cases: () => db.select().from(cases).orderBy(cases.createdAt),
    async openAlerts() {
      const all = await db.select().from(alerts)
      return all.filter((one) => one.resolvedAt === null).map((one) => `${one.code} ${one.subject}`)
    },
    async unhandled() {
      return (await db.select().from(events)).filter((one) => one.state !== 'done').map((one) => one.error)
    },
  }
}
