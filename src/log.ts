import { type Logger as PinoLogger, pino } from 'pino'

export type Logger = PinoLogger

/** Never in a log, at any depth we use: secrets, tokens and personal data. */
const redacted = [
  'secret',
  'appSecret',
  'app_secret',
  'encryptKey',
  'verificationToken',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'tenant_access_token',
  'authorization',
  'Authorization',
  'password',
  'mobile',
  'phone',
  'sign',
]

const redactPaths = redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`])

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
    redact: { paths: redactPaths, censor: '[redacted]' },
  }
  return options.file === undefined
    ? pino(settings)
    : pino(settings, pino.destination({ dest: options.file, mkdir: true, sync: false }))
}

/** A logger that says nothing, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' })
