import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  IsolatedCircuitError,
} from 'cockatiel'
import { AppError } from '#src/errors.ts'

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failures: number
  /** ms until one call may try again. */
  pauseMs: number
}

export type BreakerState = 'closed' | 'open' | 'half-open'

export interface Breaker {
  run<T>(work: () => Promise<T>): Promise<T>
  state(): BreakerState
}

const states: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
}

/** Our own refusals (host, size, invalid request) say nothing about the other side's health. */
const isTheirs = (error: unknown) => !(error instanceof AppError) || error.retry !== 'never'

/**
 * Stops calling an origin that keeps failing, so that its outage costs neither time nor its recovery. While open,
 * calls fail with AppError `http_circuit_open` (not-sent).
 */
export function createBreaker(origin: string, options: BreakerOptions): Breaker {
  const policy = circuitBreaker(handleWhen(isTheirs), {
    halfOpenAfter: options.pauseMs,
    breaker: new ConsecutiveBreaker(options.failures),
  })
  return {
    state: () => states[policy.state],
    async run(work) {
      try {
        return await policy.execute(work)
      } catch (error) {
        if (!(error instanceof BrokenCircuitError || error instanceof IsolatedCircuitError)) throw error
        throw new AppError('http_circuit_open', `${origin} 连续失败，暂停调用它一会儿。`, {
          retry: 'backoff',
          outcome: 'not-sent',
          context: { origin },
        })
      }
    },
  }
}
