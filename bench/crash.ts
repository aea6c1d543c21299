/** `node bench/crash.ts [rounds] [seed]`: the crash test for as many rounds as wanted; keeps its folder when it fails. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCrash } from '../test/journeys/crash/run-crash.ts'

const [rounds = 200, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
const dir = await mkdtemp(join(tmpdir(), 'huiliu-crash-'))
await chmod(dir, 0o711)
console.log(`crash test: ${rounds} rounds, seed ${seed}, ${dir}`)
const startedAt = Date.now()
// Ctrl-C reaches the sandbox and the product too; what is left then is the database, which the run ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => console.log('ending …'))
const report = await runCrash({ rounds, seed, dir, settleWithinMs: 420_000, say: console.log })
console.log(JSON.stringify(report.book.counts))
const { running, starting } = report.kills
console.log(
  `${running} kills while running, ${starting} while starting; settled after ${report.settledAfterMs} ms; ${Math.round((Date.now() - startedAt) / 1000)} s in all`,
)
for (const violation of report.violations) console.log(`VIOLATION ${violation}`)
console.log(report.violations.length === 0 ? 'everything happened exactly once' : `see ${dir}`)
if (report.violations.length === 0 && process.argv[4] !== 'keep')
  await rm(dir, { recursive: true, force: true })
process.exitCode = report.violations.length === 0 ? 0 : 1
