import type { CaseOpener } from '#src/approvals/opener.ts'
import type { Mirror } from '#src/bitable/mirror.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { messageOf } from '#src/errors.ts'
import { createLoop } from '#src/jobs/loop.ts'
import type { Logger } from '#src/log.ts'

export interface BaseKeeper {
  start(): void
  stop(): Promise<void>
  state(): { ready: boolean; error?: string }
}

interface BaseKeeperDeps {
  mirror: Pick<Mirror, 'ensureBase' | 'start'>
  opener: Pick<CaseOpener, 'subscribe'>
  /** open_id of who is given the base. */
  admin(): Promise<string | undefined>
  wakeups: Wakeups
  log: Logger
}

const retryMs = 5_000

/**
 * Sets up what must exist in Feishu (the base, the approval subscriptions) and keeps trying while Feishu does not
 * answer: orders are taken in meanwhile, and written as soon as the base is there.
 */
export function createBaseKeeper(deps: BaseKeeperDeps): BaseKeeper {
  let base: 'missing' | 'ready' = 'missing'
  let subscribed = false
  let problem: string | undefined

  const attempt = async (): Promise<'idle' | { waitMs: number }> => {
    try {
      if (base === 'missing') {
        await deps.mirror.ensureBase(await deps.admin())
        base = 'ready'
        deps.mirror.start()
      }
      if (!subscribed) {
        await deps.opener.subscribe()
        subscribed = true
      }
      problem = undefined
      return 'idle'
    } catch (error) {
      problem = messageOf(error)
      deps.log.warn({ reason: problem }, 'setting up in Feishu failed, trying again')
      return { waitMs: retryMs }
    }
  }
  const loop = createLoop({
    name: 'base',
    lanes: [],
    wakeups: deps.wakeups,
    pollMs: 3_600_000,
    run: attempt,
    onError: (error) => deps.log.error({ err: error }, 'base keeper failed'),
  })
  return {
    start: () => loop.start(),
    stop: () => loop.stop(),
    state: () => ({
      ready: base === 'ready' && subscribed,
      ...(problem === undefined ? {} : { error: problem }),
    }),
  }
}
