import { type Post, unsentDigest, unsentPosts } from './post-store.ts'
import { formDigest, sendDigest } from './send-digest.ts'
import { sendPost } from './send-post.ts'
import type { PosterDeps } from './types.ts'

const lookAhead = 200

const holds = (post: Post, now: number) => post.error?.holdsChat === true && post.dueAt > now

/**
 * Serves one chat until nothing is due: messages leave one at a time, so their order is the order of the wishes.
 * What is wrong with the whole chat (too fast, no answer, bot removed) makes the later cards wait as well; a card
 * with a trouble of its own is overtaken.
 */
export async function serveChat(
  deps: PosterDeps,
  chatId: string,
  mayGoOn: () => Promise<boolean>,
): Promise<void> {
  const { db } = deps.database
  while (await mayGoOn()) {
    const now = deps.clock.now()
    const digest = await unsentDigest(db, chatId)
    if (digest !== undefined && digest.dueAt > now) return
    if (digest !== undefined) {
      await sendDigest(deps, digest)
      continue
    }
    const unsent = await unsentPosts(db, chatId, now, lookAhead)
    const [next] = unsent
    if (next === undefined || unsent.some((post) => holds(post, now))) return
    if (await formDigest(deps, unsent)) continue
    await sendPost(deps, next)
  }
}
