import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, type Logger } from '#src/log.ts'

export interface LogLine extends Record<string, unknown> {
  /** 10 trace … 60 fatal; 50 is an error */
  level: number
  msg: string
}

export interface TestLog {
  log: Logger
  /** The log as it is on disk. */
  text(): string
  lines(): LogLine[]
  remove(): void
}

/** The product's own logger, in a file that a test can read; with HUILIU_TEST_LOG set, its path is printed and it stays. */
export function createTestLog(): TestLog {
  const folder = mkdtempSync(join(tmpdir(), 'huiliu-log-'))
  const file = join(folder, 'huiliu.log')
  const log = createLogger({ level: 'debug', file })
  const keep = Boolean(process.env.HUILIU_TEST_LOG)
  if (keep) console.log(file)
  const text = () => readFileSync(file, 'utf8')
  return {
    log,
    text,
    lines: () =>
      text()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as LogLine),
    remove: () => {
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}
