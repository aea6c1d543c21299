import { AppError, messageOf } from '#src/errors.ts'
import type { Logger } from '#src/log.ts'

/** A clean stop takes a few seconds; one that hangs is ended. */
const stopWithinMs = 15_000

/**
 * Errors that nobody caught: logged, then the process stops cleanly and exits with 1, for a supervisor to start it
 * anew. Every step is recorded before it is made, so nothing is lost or done twice by that; going on in an unknown state could.
 */
export function stopOnSurprise(log: Logger, stop: (error: AppError) => void): void {
  const surprised = (kind: string) => (error: unknown) => {
    log.fatal({ err: error, kind }, 'unexpected failure, stopping')
    setTimeout(() => process.exit(1), stopWithinMs).unref()
    const message = `Stopped by an unexpected failure: ${messageOf(error)}. Details are in the log; start again, and report it if it comes back. 发生未预料的错误，已停止：详情见日志，请重新启动；若再次出现请反馈。`
    stop(new AppError('unexpected_failure', message, { cause: error }))
  }
  process.on('uncaughtException', surprised('uncaughtException'))
  process.on('unhandledRejection', surprised('unhandledRejection'))
}
