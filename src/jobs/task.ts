import type { Tx } from '#src/db/database.ts'
import type { AppError } from '#src/errors.ts'

/** A piece of outward work, as its handler gets it. */
export interface Task {
  id: number
  /** `<playbook>.<job>` */
  job: string
  key: string
  input: Record<string, unknown>
  trace: string
  /** Failed tries so far. */
  attempts: number
}

/** Runs outside any transaction; may run again after a crash, so it reads before it acts. */
export type TaskHandler = (task: Task) => Promise<void>

export interface TaskRequest {
  job: string
  /** Tasks of one job with the same key are one task: it runs once at a time. */
  key: string
  input: Record<string, unknown>
  /** Not before, ms since the epoch. */
  at?: number
  trace: string
}

/** Told, in the transaction that marks it dead, of a task that is given up. */
export type OnDead = (tx: Tx, task: Task, error: AppError) => Promise<void>
