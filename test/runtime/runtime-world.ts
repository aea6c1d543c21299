import { z } from 'zod'
import { fixedClock } from '#src/clock.ts'
import { defineCard } from '#src/contracts/card.ts'
import type { EventType } from '#src/contracts/event.ts'
import {
  type AnyPlaybook,
  defineJob,
  definePlaybook,
  type HandlerContext,
  type Person,
  type PressEvent,
} from '#src/contracts/playbook.ts'
import { table, text } from '#src/contracts/table.ts'
import type { Database } from '#src/db/database.ts'
import { cardPosts, events, tableRows } from '#src/db/schema/index.ts'
import type { ConfiguredShop } from '#src/directory/directory.ts'
import { directorySettings, saveSetting } from '#src/directory/directory.ts'
import type { TaskRequest } from '#src/jobs/task.ts'
import { silentLogger } from '#src/log.ts'
import { createContext, type RuntimeDeps } from '#src/runtime/context.ts'
import { createRegistry } from '#src/runtime/registry.ts'
import { alertCard } from '../../cards/index.ts'

export const notes = table('notes', '便条', { no: text('编号').key(), takenBy: text('谁') })

export const offerCard = defineCard({
  id: 'offer',
  label: '认领',
  input: z.object({ takenBy: z.string().optional() }),
  actions: {
    take: z.object({ page: z.number().int().optional() }),
    approve: z.object({}),
    burst: z.object({}),
  },
  roles: { approve: ['主管', '管理员'] },
  render: (d, press) => ({
    schema: '2.0',
    config: { update_multi: true },
    body: { elements: [{ tag: 'button', type: 'default', behaviors: press('take', {}), name: d.takenBy }] },
  }),
  samples: [{}],
})

const done = { toast: { type: 'success', content: '完成' } } as const

/** 认领 as the order desk does it: the first one wins, later ones are told. */
async function take(ctx: HandlerContext, press: PressEvent) {
  const row = await ctx.rows.get(notes, press.subject)
  if (row?.takenBy != null) return { toast: { type: 'warning', content: `${row.takenBy} 已先认领` } } as const
  await ctx.rows.act(notes, press.subject, { takenBy: press.by.name }, press.by.openId)
  await ctx.cards.update(offerCard, press.subject, { takenBy: press.by.name })
  return done
}

export type Handle = (ctx: HandlerContext, event: { subject: string; payload: unknown }) => Promise<void>

export interface RuntimeWorld {
  deps: RuntimeDeps
  clock: ReturnType<typeof fixedClock>
  tasks: TaskRequest[]
  /** What presses reached the handlers, newest last. */
  presses: PressEvent[]
  /** Runs a piece of a handler in a transaction of its own. */
  within<R>(run: (ctx: HandlerContext) => Promise<R>): Promise<R>
  raise(type: EventType, subject: string, payload?: unknown): Promise<void>
  events(): Promise<(typeof events.$inferSelect)[]>
  row(key: string): Promise<Record<string, unknown> | undefined>
  post(subject: string, chatId?: string): Promise<typeof cardPosts.$inferSelect>
}

export const lin: Person = { openId: 'ou_lin', name: '林小夏', roles: ['客服'], operators: {} }
export const wang: Person = { openId: 'ou_wang', name: '王岚', roles: ['主管'], operators: {} }
export const operationsChat = 'oc_operations'

const shops: ConfiguredShop[] = [
  { id: 'shop-1', name: '海岛旗舰店', connector: 'douyin-shop', erp: 'jushuitan', payer: 'erp' },
]

export async function startRuntime(
  database: Database,
  options: { on?: Partial<Record<EventType, Handle>>; more?: readonly AnyPlaybook[] } = {},
): Promise<RuntimeWorld> {
  await database.pool.query(
    `truncate card_posts, digests, alerts, events, settings, people, shop_settings, table_rows, foreign_rows,
     cases, orders, refunds restart identity`,
  )
  const clock = fixedClock(Date.UTC(2026, 10, 21))
  const tasks: TaskRequest[] = []
  const presses: PressEvent[] = []
  const seen = async (ctx: HandlerContext, press: PressEvent) => {
    presses.push(press)
    return take(ctx, press)
  }
  const playbook = definePlaybook({
    id: 'test-desk',
    label: '测试',
    tables: [notes],
    cards: { offer: offerCard },
    approvals: [],
    on: (options.on ?? {}) as never,
    actions: {
      offer: {
        take: seen,
        approve: async () => done,
        burst: async (ctx) => {
          await ctx.rows.put(notes, 'burst', { takenBy: 'nobody' })
          throw new Error('the handler failed')
        },
      },
    },
    jobs: { remind: defineJob({ input: z.object({ no: z.string() }), run: async () => undefined }) },
    schedules: [],
  })
  const deps: RuntimeDeps = {
    database,
    registry: createRegistry([playbook, ...(options.more ?? [])], [alertCard]),
    shops,
    backOffice: (order) => ({ url: `https://back.example/${order.orderNo}` }),
    alertCard,
    jobs: { enqueueTask: async (_tx, request) => void tasks.push(request) },
    clock,
    log: silentLogger,
  }
  const within: RuntimeWorld['within'] = (run) =>
    database.db.transaction((tx) => run(createContext(deps, tx, { trace: 'trace-1', playbook: 'test-desk' })))
  await database.db.transaction((tx) =>
    saveSetting(tx, directorySettings.operationsChat, operationsChat, clock.now()),
  )
  for (const person of [lin, wang]) await within((ctx) => ctx.directory.savePerson(person))
  return {
    deps,
    clock,
    tasks,
    presses,
    within,
    async raise(type, subject, payload = {}) {
      const now = clock.now()
      await database.db
        .insert(events)
        .values({ type, subject, payload, at: now, dueAt: now, trace: 'trace-1' })
    },
    events: () => database.db.select().from(events).orderBy(events.id),
    async row(key) {
      const rows = await database.db.select().from(tableRows)
      return rows.find((row) => row.key === key)?.values
    },
    async post(subject, chatId) {
      const posts = await database.db.select().from(cardPosts)
      const found = posts.find((p) => p.subject === subject && (chatId === undefined || p.chatId === chatId))
      if (found === undefined) throw new Error(`no post about ${subject}`)
      return found
    },
  }
}
