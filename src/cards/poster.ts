import { count, min, sql } from 'drizzle-orm'
import { type HeldLock, holdLock } from '#src/db/lock.ts'
import { cardPosts } from '#src/db/schema/index.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { createLoop, type LoopOutcome } from '#src/jobs/loop.ts'
import { cardsLane } from './desired.ts'
import { patchDigest } from './patch-digest.ts'
import { patchPost } from './patch-post.ts'
import { chatsToServe, digestsToPatch, postsToPatch } from './post-store.ts'
import { quietUntil } from './quiet-hours.ts'
import { serveChat } from './serve-chat.ts'
import type { PosterDeps } from './types.ts'

const pollMs = 2_000
const patchesAtOnce = 6

export interface Poster {
  start(): void
  stop(): Promise<void>
  /** One round without the loops: sends what is due in every chat, then one batch of patches. Returns whether this process leads. */
  runOnce(): Promise<boolean>
  /** Cards wanted but not shown yet. */
  backlog(): Promise<{ behind: number; oldestMs: number; parked: number }>
}

/** Makes the chats show what card posts say: sends, patches, bundles, recovers. One process at a time does it. */
export function createPoster(
  deps: PosterDeps,
  wakeups: Pick<Wakeups, 'on'>,
  isOperationsChat: (chatId: string) => Promise<boolean>,
): Poster {
  const busyChats = new Map<string, Promise<void>>()
  let stopping = false
  let lock: HeldLock | null = null

  const leads = async () => {
    if (lock?.held() !== true) lock = await holdLock(deps.database, 'cards')
    return lock !== null
  }
  const mayServe = async (chatId: string) => {
    if (stopping || lock?.held() !== true) return false
    const quiet = quietUntil(deps.clock.now(), deps.settings.quietHours)
    return quiet === undefined || (await isOperationsChat(chatId))
  }

  /** Opens a lane for every chat that has something due and none yet. */
  const openLanes = async () => {
    for (const chatId of await chatsToServe(deps.database.db, deps.clock.now())) {
      if (busyChats.has(chatId) || !(await mayServe(chatId))) continue
      const lane = serveChat(deps, chatId, () => mayServe(chatId))
        .catch((error: unknown) => deps.log.error({ err: error, chatId }, 'serving a chat failed'))
        .finally(() => {
          busyChats.delete(chatId)
          // A card wished for while the lane was ending would else wait for the next poll.
          sendLoop.nudge()
        })
      busyChats.set(chatId, lane)
    }
  }
  const send = async (): Promise<LoopOutcome> => {
    if (!(await leads())) return { waitMs: pollMs }
    await openLanes()
    return 'idle'
  }

  const patch = async (): Promise<LoopOutcome> => {
    if (lock?.held() !== true) return { waitMs: 500 }
    const { db } = deps.database
    const now = deps.clock.now()
    const posts = await postsToPatch(db, now, patchesAtOnce)
    const changed = await digestsToPatch(db, now, patchesAtOnce)
    const work = [...posts.map((p) => patchPost(deps, p)), ...changed.map((d) => patchDigest(deps, d))]
    // All of them have ended before the next round begins, whatever became of each.
    for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason
    return work.length > 0 ? 'more' : 'idle'
  }

  const common = { wakeups, lanes: [cardsLane] }
  const onError = (error: unknown) => deps.log.error({ err: error }, 'card poster failed')
  const sendLoop = createLoop({ ...common, name: 'cards.send', pollMs, run: send, onError })
  const patchLoop = createLoop({ ...common, name: 'cards.patch', pollMs, run: patch, onError })

  return {
    start() {
      sendLoop.start()
      patchLoop.start()
    },
    async stop() {
      stopping = true
      await Promise.all([sendLoop.stop(), patchLoop.stop()])
      await Promise.all(busyChats.values())
      await lock?.release()
    },
    async runOnce() {
      if (!(await leads())) return false
      await openLanes()
      await Promise.all(busyChats.values())
      await patch()
      return true
    },
    backlog: () => readPosterBacklog(deps),
  }
}

async function readPosterBacklog(deps: PosterDeps): ReturnType<Poster['backlog']> {
  const [row] = await deps.database.db
    .select({
      behind: count(sql`case when ${cardPosts.state} = 'live' then 1 end`),
      parked: count(sql`case when ${cardPosts.state} = 'parked' then 1 end`),
      oldest: min(sql`case when ${cardPosts.state} = 'live' then ${cardPosts.wantedAt} end`),
    })
    .from(cardPosts)
    .where(sql`${cardPosts.version} > ${cardPosts.shownVersion}`)
  const oldestMs = row?.oldest == null ? 0 : Math.max(0, deps.clock.now() - Number(row.oldest))
  return { behind: row?.behind ?? 0, parked: row?.parked ?? 0, oldestMs }
}
