import { Writable } from 'node:stream'
import { pino } from 'pino'
import type { Logger } from '#src/log.ts'

export type LogLine = Record<string, unknown> & { level: number; msg: string }

/** A logger whose lines a test can read; with HUILIU_TEST_LOG=1 they are printed too. */
export function createTestLog(): { log: Logger; lines(): readonly LogLine[] } {
  const kept: LogLine[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (process.env.HUILIU_TEST_LOG) process.stdout.write(chunk)
      kept.push(JSON.parse(chunk.toString('utf8')) as LogLine)
      done()
    },
  })
  return { log: pino({ level: 'debug', base: null }, stream), lines: () => kept }
}
