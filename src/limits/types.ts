/** How often something may be done, by anybody in the installation together. */
export type Rate =
  /**
   * An even pace: never more than `perSecond + burst` in any second. `block` is how many turns one process takes from
   * the database at a time (1 when absent); `local` keeps the count in this process alone.
   */
  | { perSecond: number; burst?: number; block?: number; local?: boolean }
  /** A quota: at most `perMinute` in any 60 s, as unevenly as one likes. */
  | { perMinute: number; block?: number }

/**
 * `reserved`: the turn is ours, `waitMs` from now. Otherwise nothing was taken: ask again in `waitMs`.
 */
export interface Turn {
  reserved: boolean
  waitMs: number
}

export interface Limits {
  /**
   * Takes `cost` turns of `key`. Nothing is taken when the turn would come later than `maxWaitMs` (default: however
   * late), so that work that is put off does not push back everybody else.
   * Throws AppError `limits_unavailable` (not-sent) when the database does not answer.
   */
  acquire(key: string, rate: Rate, options?: { cost?: number; maxWaitMs?: number }): Promise<Turn>
  /** Nobody gets a turn of `key` before `untilMs` (ms since the epoch): the other side asked us to wait. */
  pause(key: string, untilMs: number): Promise<void>
}

/** The pace of a key in the terms of GCRA (generic cell rate algorithm), ms. */
export interface Pace {
  intervalMs: number
  /** How far ahead of its even time a turn may come: (burst − 1) intervals. */
  toleranceMs: number
}

export interface PaceRequest {
  key: string
  pace: Pace
  turns: number
  now: number
  /** The first turn must not come later than this instant. */
  latest: number
}

/** `first` is the instant of the first turn, `notBefore` the end of a pause; or nothing was taken until `readyAt`. */
export type PaceAnswer =
  | { granted: true; first: number; notBefore: number }
  | { granted: false; readyAt: number }

export interface QuotaRequest {
  key: string
  perMinute: number
  turns: number
  now: number
}

/** `expiresAt`: turns not used by then are lost. */
export type QuotaAnswer = { granted: true; expiresAt: number } | { granted: false; readyAt: number }

/** Where the counts live: the database, or the memory of this process. */
export interface LimitStore {
  takePace(request: PaceRequest): Promise<PaceAnswer>
  takeQuota(request: QuotaRequest): Promise<QuotaAnswer>
  pause(key: string, untilMs: number): Promise<void>
}
