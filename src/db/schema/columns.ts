import { bigint, text } from 'drizzle-orm/pg-core'

/** An instant: ms since the epoch. */
export const ms = (name: string) => bigint(name, { mode: 'number' })
/** Trace id of the subject: the same on card, row, approval and log lines. */
export const trace = () => text('trace').notNull()
