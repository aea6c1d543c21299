import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { createCards } from '#src/cards/desired.ts'
import { createPoster, type Poster } from '#src/cards/poster.ts'
import type { Alert, PosterDeps, PosterSettings } from '#src/cards/types.ts'
import { type AnyCard, defineCard } from '#src/contracts/card.ts'
import type { Cards } from '#src/contracts/playbook.ts'
import type { Database } from '#src/db/database.ts'
import { cardPosts, digests } from '#src/db/schema/index.ts'
import { createFeishu } from '#src/feishu/create-feishu.ts'
import type { Feishu } from '#src/feishu/types.ts'
import { createLimits } from '#src/limits/create-limits.ts'
import { silentLogger } from '#src/log.ts'
import { digestLayout } from '../../cards/digest.ts'
import { buildSandbox } from '../../sandbox/server.ts'

/** A small card of its own: what the poster does with cards must not depend on what our cards look like. */
export const noteCard = defineCard({
  id: 'note',
  label: '便条',
  input: z.object({ text: z.string(), broken: z.boolean().optional() }),
  actions: { read: z.object({ page: z.number().optional() }) },
  render: (d, press) => {
    if (d.text === 'throws') throw new Error('this text cannot be shown')
    return {
      schema: '2.0',
      config: { update_multi: true, enable_forward: false },
      body: {
        elements: [
          { tag: 'markdown', content: d.text },
          d.broken === true
            ? { tag: 'sparkles' }
            : {
                tag: 'button',
                text: { tag: 'plain_text', content: '已读' },
                behaviors: press('read', {}),
              },
        ],
      },
    }
  },
  line: (d, press) => {
    if (d.text === 'throws') throw new Error('this text cannot be shown')
    return [
      { tag: 'markdown', content: d.text },
      { tag: 'button', text: { tag: 'plain_text', content: '已读' }, behaviors: press('read', {}) },
    ]
  },
  samples: [{ text: 'hello' }],
})

export interface Shown {
  message_id: string
  chat_id: string
  root_id?: string
  recalled: boolean
  content: { body: { elements: Record<string, unknown>[] } }
  versions: number
}

/** The sandbox's chats, the real client and posters on one clock that only `pass` moves. */
export interface CardsWorld {
  chatId: string
  otherChatId: string
  alerts: Alert[]
  resolved: { code: string; subject: string }[]
  feishu: Feishu
  poster: Poster
  /** A further poster on the same database and sandbox: another process. */
  another(more?: Partial<PosterDeps>): Poster
  now(): number
  /** Lets time pass for the sandbox and for us. */
  pass(ms: number): Promise<void>
  /** States cards in one transaction, as a handler would. */
  state(run: (cards: Cards) => Promise<void>): Promise<void>
  show(subject: string, text: string, chatId?: string): Promise<void>
  /** Rounds until nothing is due any more. */
  settle(poster?: Poster): Promise<void>
  /** Card messages of a chat, oldest first. */
  shown(chatId?: string): Shown[]
  /** Texts of the cards in a chat, oldest first. */
  texts(chatId?: string): string[]
  fault(fault: Record<string, unknown>): void
  clearFaults(): void
  control(path: string, body?: unknown): Promise<Record<string, unknown>>
  posts(): Promise<(typeof cardPosts.$inferSelect)[]>
  post(subject: string): Promise<typeof cardPosts.$inferSelect>
  bundles(): Promise<(typeof digests.$inferSelect)[]>
  /** Calls answered by the sandbox since the last `calls()`. */
  calls(): string[]
}

export const sendRoute = 'POST /open-apis/im/v1/messages'
export const patchRoute = 'PATCH /open-apis/im/v1/messages/:message_id'
export const replyRoute = 'POST /open-apis/im/v1/messages/:message_id/reply'
export const listRoute = 'GET /open-apis/im/v1/messages'

const settings: PosterSettings = { digestAbove: 8, onLost: 'resend', quietHours: null }

export async function startCards(
  database: Database,
  options: Partial<PosterSettings> & { operations?: 'other'; cards?: readonly AnyCard[] } = {},
): Promise<CardsWorld> {
  await database.pool.query('truncate card_posts, digests, alerts, events, settings')
  const { operations, cards = [noteCard], ...wanted } = options
  // Saturday 08:00 in Shanghai.
  const sandbox = await buildSandbox({
    seed: 7,
    frozen: true,
    now: Date.UTC(2026, 10, 21),
    settings: { ordersPerMinute: 0 },
  })
  const { kernel } = sandbox
  const url = await sandbox.listen(0)
  const clock = { now: () => kernel.clock.now() }
  const calls: string[] = []
  const { appId, appSecret } = kernel.identity()
  const feishu = createFeishu({
    baseUrl: url,
    appId,
    appSecret,
    clock,
    log: silentLogger,
    limits: createLimits({ database: null, clock }),
    usage: { count: (api) => void calls.push(api) },
    sleep: (ms) => kernel.clock.advance(Math.ceil(ms)),
  })
  const chats = kernel.readState().chats as { chat_id: string }[]
  const [chatId = '', otherChatId = ''] = chats.map((chat) => chat.chat_id)
  const alerts: Alert[] = []
  const resolved: { code: string; subject: string }[] = []
  const posters: Poster[] = []
  const another = (more: Partial<PosterDeps> = {}) => {
    const made = createPoster(
      {
        database,
        feishu,
        cards: new Map<string, AnyCard>(cards.map((card) => [card.id, card])),
        layout: digestLayout,
        clock,
        log: silentLogger,
        settings: { ...settings, ...wanted },
        alert: async (alert) => void alerts.push(alert),
        resolve: async (key) => void resolved.push(key),
        observe: () => undefined,
        ...more,
      },
      { on: () => () => undefined },
      async (id) => operations === 'other' && id === otherChatId,
    )
    posters.push(made)
    return made
  }
  onTestFinished(async () => {
    for (const one of posters) await one.stop()
    await feishu.close()
    await sandbox.close()
  })
  const poster = another()
  const shown = (id = chatId) => {
    const { messages } = kernel.readEffects() as { messages: Shown[] }
    return messages.filter((one) => one.chat_id === id)
  }
  const state: CardsWorld['state'] = (run) =>
    database.db.transaction((tx) => run(createCards(tx, { trace: 'test-trace', now: clock.now() })))
  const posts = () => database.db.select().from(cardPosts)
  return {
    chatId,
    otherChatId,
    alerts,
    resolved,
    feishu,
    poster,
    another,
    now: clock.now,
    pass: (ms) => kernel.clock.advance(ms),
    state,
    show: (subject, text, id = chatId) =>
      state((made) => made.show(noteCard, subject, { chatId: id }, { text })),
    settle: (which = poster) => settle(which, database),
    shown,
    texts: (id) => shown(id).flatMap(({ content }) => content.body.elements.flatMap(textOf)),
    fault: (fault) => void kernel.faults.add(fault),
    clearFaults: () => kernel.faults.clear(),
    async control(path, body) {
      const response = await fetch(`${url}/_control/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as Record<string, unknown>
    },
    posts,
    async post(subject) {
      const found = (await posts()).find((one) => one.subject === subject)
      if (found === undefined) throw new Error(`no post about ${subject}`)
      return found
    },
    bundles: () => database.db.select().from(digests),
    calls: () => calls.splice(0),
  }
}

function textOf(element: Record<string, unknown>): string[] {
  return element.tag === 'markdown' && element.text_size !== 'notation' ? [String(element.content)] : []
}

/** Ends when a round changed nothing. */
async function settle(poster: Poster, database: Database): Promise<void> {
  const picture = async () =>
    JSON.stringify([
      (await database.db.select().from(cardPosts).orderBy(cardPosts.id)).map((p) => ({ ...p, dueAt: 0 })),
      await database.db.select().from(digests).orderBy(digests.id),
    ])
  let before = await picture()
  for (let round = 0; round < 60; round++) {
    await poster.runOnce()
    const after = await picture()
    if (after === before) return
    before = after
  }
  throw new Error('the poster never came to rest')
}
