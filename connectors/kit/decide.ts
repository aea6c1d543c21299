/**
 * Platforms know no idempotency keys: every decision reads the state, acts only when it is needed, and reads again. A
 * lost answer is settled by reading; calling it twice executes once.
 */
import type { CommandResult } from '#src/contracts/connector.ts'
import { AppError } from '#src/errors.ts'

/** Why the other side will not do it, for good. */
export interface Obstacle {
  code: string
  /** For people. */
  message: string
}

export interface Decision<S> {
  /** Connector id. */
  connector: string
  /** What people call the other side, e.g. 平台 or 聚水潭. */
  label: string
  /** Number of the refund over there. */
  ref: string
  /** Null: unknown there. */
  read(): Promise<S | null>
  /** Changes whenever the record over there does. */
  versionOf(state: S): string | number
  /** Whether the decision has been carried out already. */
  isReached(state: S): boolean
  /** What forbids it, or undefined. */
  obstacleTo(state: S): Obstacle | undefined
  /** Sends the decision. Returns an obstacle when nothing was sent. @throws AppError */
  act(state: S): Promise<Obstacle | undefined>
  /** What is kept of the state beside the result. */
  describe(state: S): Record<string, unknown>
}

/** Carries a decision out, once. @throws AppError with its `retry` when it is not settled */
export async function decide<S>(decision: Decision<S>): Promise<CommandResult> {
  const { label, ref, describe } = decision
  const before = await decision.read()
  if (before === null)
    return refused({ code: 'refund_unknown', message: `${label}查不到这张售后单` }, { ref })
  if (decision.isReached(before)) return { outcome: 'done', already: true, detail: describe(before) }
  const obstacle = decision.obstacleTo(before)
  if (obstacle) return refused(obstacle, describe(before))
  let failure: AppError | undefined
  try {
    const unsent = await decision.act(before)
    if (unsent) return refused(unsent, describe(before))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    failure = error
  }
  return settle(decision, before, failure)
}

/** What went wrong counts little: only reading again tells whether it was applied. */
async function settle<S>(
  decision: Decision<S>,
  before: S,
  failure: AppError | undefined,
): Promise<CommandResult> {
  if (failure?.outcome === 'not-sent' || (failure && isTemporaryRefusal(failure))) throw failure
  const after = await decision.read()
  if (after !== null && decision.isReached(after))
    return { outcome: 'done', already: false, detail: decision.describe(after) }
  if (failure?.outcome === 'unknown') throw failure
  const moved = after === null || decision.versionOf(after) !== decision.versionOf(before)
  if (failure && !moved) {
    const code = String(failure.context.code ?? failure.code)
    const message = String(failure.context.message ?? failure.message)
    return refused({ code, message }, decision.describe(before))
  }
  throw unsettled(decision, failure)
}

/** Limits and rejected tokens: certainly not applied, and worth another try. */
function isTemporaryRefusal(failure: AppError): boolean {
  return failure.outcome === 'refused' && failure.retry !== 'never'
}

function unsettled(
  { connector, label, ref }: Pick<Decision<never>, 'connector' | 'label' | 'ref'>,
  failure: AppError | undefined,
): AppError {
  return new AppError(
    `${connector.replaceAll('-', '_')}_refund_unsettled`,
    `${label}的售后单状态尚未更新，稍后自动重新核对`,
    { retry: 'backoff', outcome: failure ? 'refused' : 'unknown', context: { ref } },
  )
}

function refused({ code, message }: Obstacle, detail: Record<string, unknown>): CommandResult {
  return { outcome: 'refused', code, message, detail }
}
