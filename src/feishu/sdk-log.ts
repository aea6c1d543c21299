import type { Logger } from '#src/log.ts'

/**
 * The SDK's log lines under ours. It reports failures before we judge them, and its lines may hold payloads and signed
 * addresses: only the text of a line is kept, at debug level; our own code logs what matters.
 */
export function createSdkLog(log: Logger) {
  const write = (...parts: unknown[]) => {
    const lines = parts.flat(3).flatMap((part) => (typeof part === 'string' ? [part] : []))
    log.debug({ sdk: lines.join(' ').slice(0, 300) }, 'sdk')
  }
  return { error: write, warn: write, info: write, debug: write, trace: write }
}
