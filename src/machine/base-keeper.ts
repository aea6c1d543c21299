import type { CaseOpener } from '#src/approvals/opener.ts'
import type { Mirror } from '#src/bitable/mirror.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { messageOf } from '#src/errors.ts'
import { createLoop } from '#src/jobs/loop.ts'
import type { Logger } from '#src/log.ts'
import type { AlertPort } from './alert-port.ts'

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
  alerts: Pick<AlertPort, 'raise' | 'resolve'>
  wakeups: Wakeups
  log: Logger
}

const alertOf = (problem: string) => ({
  ...alertKey,
  title: '飞书里的准备工作没有完成',
  text: `多维表格或审批订阅还没有就绪：${problem}`,
  remedy:
    '系统会持续重试，订单照常接收。请检查应用权限、FEISHU_BASE_APP_TOKEN 与审批的 approval_code 是否正确。',
})

const longestPauseMs = 5_000
/** One failed try heals by itself; so many are told to people. */
const tellAfter = 3
const alertKey = { code: 'feishu_setup_failing', subject: 'setup' }

/**
 * Sets up what must exist in Feishu (the base, the approval subscriptions) and keeps trying while Feishu does not
 * answer: orders are taken in meanwhile, and written as soon as the base is there.
 */
export function createBaseKeeper(deps: BaseKeeperDeps): BaseKeeper {
  let base: 'missing' | 'ready' = 'missing'
  let subscribed = false
  let problem: string | undefined
  let failures = 0

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
      if (failures >= tellAfter) await deps.alerts.resolve(alertKey)
      problem = undefined
      failures = 0
      return 'idle'
    } catch (error) {
      problem = messageOf(error)
      deps.log.warn({ reason: problem }, 'setting up in Feishu failed, trying again')
      failures += 1
      if (failures === tellAfter) await deps.alerts.raise(alertOf(problem))
      return { waitMs: Math.min(longestPauseMs, 500 * 2 ** failures) }
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
