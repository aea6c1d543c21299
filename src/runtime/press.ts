import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { reconfirm } from '#src/cards/desired.ts'
import type { PressAnswer } from '#src/contracts/card.ts'
import type { Person } from '#src/contracts/playbook.ts'
import type { Tx } from '#src/db/database.ts'
import { cardPosts, digests } from '#src/db/schema/index.ts'
import { createContext, directoryOf, type RuntimeDeps } from './context.ts'

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
const lockTimeoutMs = 800

const toast = (type: PressAnswer['toast']['type'], content: string): PressAnswer => ({
  toast: { type, content },
})
type Post = typeof cardPosts.$inferSelect

/** Which message of the post was pressed; a post whose own message id was lost adopts this one. */
async function recognise(tx: Tx, post: Post, press: RawPress): Promise<'current' | 'old' | 'foreign'> {
  if (post.chatId !== press.chatId) return 'foreign'
  if (post.messageId === press.messageId) return 'current'
  if (post.oldMessages.some((m) => m.messageId === press.messageId)) return 'old'
  if (post.digestId !== null) {
    const [digest] = await tx.select().from(digests).where(eq(digests.id, post.digestId))
    if (digest?.messageId === press.messageId) return 'current'
    if (digest?.messageId === null) {
      await tx.update(digests).set({ messageId: press.messageId }).where(eq(digests.id, digest.id))
      return 'current'
    }
    return 'foreign'
  }
  if (post.messageId !== null) return 'foreign'
  const adopted = {
    messageId: press.messageId,
    postedAt: press.at,
    attemptUuid: null,
    attemptAt: null,
    attemptBody: null,
  }
  await tx.update(cardPosts).set(adopted).where(eq(cardPosts.id, post.id))
  return 'current'
}

function mayPress(person: Person, roles: readonly string[] | undefined): boolean {
  return roles === undefined || roles.some((role) => person.roles.includes(role))
}

const announcedAt = (post: Post, raw: RawPress) => post.oldMessages[0]?.postedAt ?? post.postedAt ?? raw.at

async function press(deps: RuntimeDeps, tx: Tx, raw: RawPress): Promise<PressAnswer> {
  const value = pressValue.safeParse(raw.value)
  if (!value.success) return toast('error', '这个按钮已失效，请使用最新的卡片。')
  const [post] = await tx.select().from(cardPosts).where(eq(cardPosts.id, value.data.p)).for('update')
  const action = post === undefined ? undefined : deps.registry.action(post.card, value.data.a)
  if (post === undefined || action === undefined) return toast('error', '这张卡片已失效，请使用最新的卡片。')
  const which = await recognise(tx, post, raw)
  if (which === 'foreign') return toast('error', '这张卡片不属于本群，操作未执行。')
  const person = await directoryOf(deps, tx).person(raw.openId)
  if (person === undefined) return toast('error', '您还不在「人员」表中，请联系管理员添加后再操作。')
  const roles = action.card.roles[value.data.a]
  if (!mayPress(person, roles)) return toast('error', `该操作仅限：${(roles ?? []).join('、')}。`)
  const input = action.card.actions[value.data.a]?.safeParse(value.data.v)
  if (input?.success !== true) return toast('error', '这个按钮的内容无法识别，请使用最新的卡片。')
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
  await reconfirm(tx, post.id, deps.clock.now())
  if (which !== 'old') return answer
  return toast(answer.toast.type, `${answer.toast.content}（此卡片已超过 14 天，请以群里最新的卡片为准）`)
}

/**
 * Answers one press: local work only, in one short transaction with the post locked, so the first press wins and the
 * second is told. Throws when it could not be done (a lock, the database): then nothing changed and the front door
 * has it run again; running it twice has the effect of once.
 */
export async function answerPress(deps: RuntimeDeps, raw: RawPress): Promise<PressAnswer> {
  return deps.database.db.transaction(async (tx) => {
    await tx.execute(sql.raw(`set local lock_timeout = ${lockTimeoutMs}`))
    return press(deps, tx, raw)
  })
}
