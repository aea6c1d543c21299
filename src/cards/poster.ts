import { count, min, sql } from 'drizzle-orm'
import { type HeldLock, holdLock } from '#src/db/lock.ts'
import { cardPosts } from '#src/db/schema/index.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { createLoop, type LoopOutcome } from '#src/jobs/loop.ts'
import { cardsLane } from './desired.ts'
import { patchDigest, patchPost } from './patch-post.ts'
import { chatsToServe, digestsToPatch, postsToPatch, unsentDigest, unsentPosts } from './post-store.ts'
import { quietUntil } from './quiet-hours.ts'
import { formDigest, sendDigest } from './send-digest.ts'
import { sendPost } from './send-post.ts'
import type { PosterDeps } from './types.ts'

const pollMs = 2_000
const patchesAtOnce = 6
const lookAhead = 200

export interface Poster {
  start(): void
  stop(): Promise<void>
  /** Cards wanted but not shown yet. */
  backlog(): Promise<{ behind: number; oldestMs: number; parked: number }>
}

/** Serves one chat until nothing is due: messages leave one at a time, so their order is the order of the wishes. */
async function serveChat(deps: PosterDeps, chatId: string, stopped: () => boolean): Promise<void> {
  const { db } = deps.database
  while (!stopped()) {
    const now = deps.clock.now()
    const digest = await unsentDigest(db, chatId, now)
    if (digest !== undefined) {
      await sendDigest(deps, digest)
      continue
    }
    const unsent = await unsentPosts(db, chatId, now, lookAhead)
    const [next] = unsent
    if (next === undefined) return
    if (await formDigest(deps, unsent)) continue
    await sendPost(deps, next)
  }
}

/** Makes the chats show what card posts say: sends, patches, bundles, recovers. One process at a time does it. */
export function createPoster(
  deps: PosterDeps,
  wakeups: Wakeups,
  isOperationsChat: (chatId: string) => Promise<boolean>,
): Poster {
  const busyChats = new Map<string, Promise<void>>()
  let stopping = false
  let lock: HeldLock | null = null

  const leads = async () => {
    if (lock?.held() !== true) lock = await holdLock(deps.database, 'cards')
    return lock !== null
  }
  const stopped = () => stopping || lock?.held() !== true

  const send = async (): Promise<LoopOutcome> => {
    if (!(await leads())) return { waitMs: pollMs }
    const quiet = quietUntil(deps.clock.now(), deps.settings.quietHours)
    for (const chatId of await chatsToServe(deps.database.db, deps.clock.now())) {
      if (busyChats.has(chatId)) continue
      if (quiet !== undefined && !(await isOperationsChat(chatId))) continue
      const lane = serveChat(deps, chatId, stopped)
        .catch((error: unknown) => deps.log.error({ err: error, chatId }, 'serving a chat failed'))
        .finally(() => {
          busyChats.delete(chatId)
          // A card wished for while the lane was ending would else wait for the next poll.
          sendLoop.nudge()
        })
      busyChats.set(chatId, lane)
    }
    return 'idle'
  }

  const patch = async (): Promise<LoopOutcome> => {
    if (lock?.held() !== true) return { waitMs: 500 }
    const { db } = deps.database
    const now = deps.clock.now()
    const posts = await postsToPatch(db, now, patchesAtOnce)
    await Promise.all(posts.map((post) => patchPost(deps, post)))
    const changed = await digestsToPatch(db, now, patchesAtOnce)
    await Promise.all(changed.map((digest) => patchDigest(deps, digest)))
    return posts.length + changed.length > 0 ? 'more' : 'idle'
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
    async backlog() {
      const [row] = await deps.database.db
        .select({
          behind: count(sql`case when ${cardPosts.state} = 'live' then 1 end`),
          parked: count(sql`case when ${cardPosts.state} = 'parked' then 1 end`),
          oldest: min(cardPosts.wantedAt),
        })
        .from(cardPosts)
        .where(sql`${cardPosts.version} > ${cardPosts.shownVersion}`)
      const oldestMs = row?.oldest == null ? 0 : Math.max(0, deps.clock.now() - Number(row.oldest))
      return { behind: row?.behind ?? 0, parked: row?.parked ?? 0, oldestMs }
    },
  }
}
