import { fchmodSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Logger as PinoLogger, pino } from 'pino'
import { loggable } from './loggable.ts'

export type Logger = PinoLogger

export interface LogOptions {
  level?: string
  /** File the log goes to; standard output when absent. */
  file?: string
}

/** The process's logger: JSON lines with UTC times, secrets redacted. */
export function createLogger(options: LogOptions = {}): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    // Errors go through pino's serializer of this name before they reach the formatter.
    serializers: { err: (error: unknown) => loggable(error) },
    formatters: { log: (entry: object) => loggable(entry) as Record<string, unknown> },
  }
  return options.file === undefined ? pino(settings) : pino(settings, ownFile(options.file))
}

/** Only the user Huiliu runs as may read the log, also one that an earlier version made readable to all. */
function ownFile(file: string) {
  // Entered but not listed by others: PostgreSQL may run as a user of its own below it.
  mkdirSync(dirname(file), { recursive: true, mode: 0o711 })
  const descriptor = openSync(file, 'a', 0o600)
  fchmodSync(descriptor, 0o600)
  return pino.destination({ dest: descriptor, sync: false })
}

/** A logger that says nothing, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' })
