import type { Outcome } from '#src/errors.ts'

/** What a failed call looked like on the wire, before anybody judged it. Both of the platform's shapes end here. */
export interface WireAnswer {
  /** 0 when no answer came. */
  httpStatus: number
  /** The platform's code; undefined when the answer could not be read. */
  code: number | undefined
  /** The platform's message or what happened instead. */
  text: string
  logId: string | undefined
  /** ms the server asked us to wait. */
  resetMs: number | undefined
  /** What the connection tells; the code may tell more. */
  outcome: Outcome
}

/** Thrown by the SDK's HTTP instance, through the SDK, to `call`. */
export class WireFailure extends Error {
  readonly answer: WireAnswer
  constructor(answer: WireAnswer, cause?: unknown) {
    super(answer.text, cause === undefined ? undefined : { cause })
    this.name = 'WireFailure'
    this.answer = answer
  }
}
