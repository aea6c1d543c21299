import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { reconfirm } from '#src/cards/desired.ts'
import type { PressAnswer } from '#src/contracts/card.ts'
import type { Person } from '#src/contracts/playbook.ts'
import type { Tx } from '#src/db/database.ts'
import { cardPosts } from '#src/db/schema/index.ts'
import { createContext, directoryOf, type RuntimeDeps } from './context.ts'
import { recognise } from './recognise-message.ts'

/** A press as the front door hands it over, already authentic. */
export interface RawPress {
  openId: string
  messageId: string
  chatId: string
  value: unknown
  form: Record<string, unknown>
  at: number
}

const pressValue = z.object({
  p: z.uuid(),
  a: z.string(),
  s: z.string().optional(),
  v: z.record(z.string(), z.unknown()),
})
type Value = z.infer<typeof pressValue>
type Post = typeof cardPosts.$inferSelect
const lockTimeoutMs = 800

const toast = (type: PressAnswer['toast']['type'], content: string): PressAnswer => ({
  toast: { type, content },
})
const refused = (content: string) => toast('error', content)

function mayPress(person: Person, roles: readonly string[] | undefined): boolean {
  return roles === undefined || roles.some((role) => person.roles.includes(role))
}

/** A post whose send never got an answer counts from the wish. */
const announcedAt = (post: Post, raw: RawPress) =>
  post.oldMessages[0]?.postedAt ?? post.postedAt ?? Math.min(post.wantedAt, raw.at)

/**
 * The post, with its subject locked against other presses in every chat it is shown in. The lock is not the row's own:
 * handlers of events lock rows of tables before cards, and so does what follows here.
 */
async function lockPost(tx: Tx, value: Value): Promise<Post | undefined> {
  const find = () => tx.select().from(cardPosts).where(eq(cardPosts.id, value.p))
  const [seen] = await find()
  if (seen === undefined || (value.s !== undefined && value.s !== seen.subject)) return undefined
  const key = `press:${seen.card}:${seen.subject}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
  const [post] = await find()
  return post
}

async function press(deps: RuntimeDeps, tx: Tx, raw: RawPress): Promise<PressAnswer> {
  const value = pressValue.safeParse(raw.value)
  if (!value.success) return refused('这个按钮已失效，请使用最新的卡片。')
  const post = await lockPost(tx, value.data)
  const action = post === undefined ? undefined : deps.registry.action(post.card, value.data.a)
  if (post === undefined || action === undefined) return refused('这张卡片已失效，请使用最新的卡片。')
  if (post.chatId !== raw.chatId) return refused('这张卡片不属于本群，操作未执行。')
  const person = await directoryOf(deps, tx).person(raw.openId)
  if (person === undefined) return refused('您还不在「人员」表中，请联系管理员添加后再操作。')
  const roles = action.card.roles[value.data.a]
  if (!mayPress(person, roles)) return refused(`该操作仅限：${(roles ?? []).join('、')}。`)
  const input = action.card.actions[value.data.a]?.safeParse(value.data.v)
  if (input?.success !== true) return refused('这个按钮的内容无法识别，请使用最新的卡片。')
  const ctx = createContext(deps, tx, { trace: post.trace, playbook: action.playbook })
  const answer = await action.handle(ctx, {
    subject: post.subject,
    chatId: post.chatId,
    messageId: raw.messageId,
    by: person,
    at: raw.at,
    postedAt: announcedAt(post, raw),
    value: input.data,
    form: raw.form,
  })
  const which = await recognise(tx, post, raw)
  await reconfirm(tx, post.id, deps.clock.now())
  if (which === 'current') return answer
  return toast(answer.toast.type, `${answer.toast.content}（这张卡片已不再更新，请以群里最新的卡片为准）`)
}

/**
 * Answers one press: local work only, in one short transaction with the subject locked, so the first press wins and
 * the second is told. Throws when it could not be done (a lock, the database): then nothing changed and the front door
 * has it run again; running it twice has the effect of once.
 */
export async function answerPress(deps: RuntimeDeps, raw: RawPress): Promise<PressAnswer> {
  return deps.database.db.transaction(async (tx) => {
    await tx.execute(sql.raw(`set local lock_timeout = ${lockTimeoutMs}`))
    return press(deps, tx, raw)
  })
}
