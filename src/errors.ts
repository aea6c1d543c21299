/** When a failed piece of work may be tried again. */
export type Retry = 'never' | 'backoff' | { after: Date }

/**
 * What is known of a call that failed: `not-sent` it certainly never reached the other side, `refused` the other
 * side answered no, `unknown` it may have been applied (timeout, reset): recover by looking, never by repeating blindly.
 */
export type Outcome = 'not-sent' | 'refused' | 'unknown'

export interface AppErrorOptions {
  retry?: Retry
  outcome?: Outcome
  context?: Record<string, unknown>
  cause?: unknown
}

/**
 * An error with a stable code (`area_reason`). The message tells the operator what happened and what to do;
 * it never contains secrets or personal data.
 */
export class AppError extends Error {
  readonly code: string
  readonly retry: Retry
  readonly outcome: Outcome
  readonly context: Record<string, unknown>

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.retry = options.retry ?? 'never'
    this.outcome = options.outcome ?? 'refused'
    this.context = options.context ?? {}
  }
}

/** Settings are missing, wrong or contradict each other; `problems` lists all of them at once. */
export class ConfigError extends AppError {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super('config_invalid', `Configuration is not usable:\n${problems.map((p) => `  - ${p}`).join('\n')}`)
    this.problems = problems
  }
}

/** Data from outside (or from a handler) does not have the agreed shape. `path` names the field. */
export class DataError extends AppError {
  constructor(code: string, message: string, context: Record<string, unknown> = {}) {
    super(code, message, { retry: 'never', context })
  }
}

/** The message of anything thrown. A failed statement's is the database's reason: its own repeats every value it carried. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isStatement = 'query' in error && 'params' in error
  if (!isStatement) return error.message
  return error.cause instanceof Error ? messageOf(error.cause) : 'a database statement failed'
}

/** Anything thrown as an AppError; surprises are retried with back-off. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError('unexpected', messageOf(error), { retry: 'backoff', outcome: 'unknown', cause: error })
}
