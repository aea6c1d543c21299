import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../support/embedded-process.ts'
import { runCrash } from './run-crash.ts'

const rounds = 20
// Fixed, so that CI asks the same question every time; `node bench/crash.ts 200 <seed>` asks others.
const seed = 14

test('twenty kills at random points lose nothing and do nothing twice', { timeout: 600_000 }, async () => {
  const dir = await temporaryFolder()
  const report = await runCrash({ rounds, seed, dir, settleWithinMs: 120_000, say: console.log })
  console.log(JSON.stringify(report.book.counts))
  expect(report.violations, `seed ${seed}, everything written is in ${dir}`).toEqual([])
  // The test itself must have tested something.
  expect(report.kills.running).toBeGreaterThan(rounds / 2)
  expect(report.kills.starting).toBeGreaterThan(0)
  for (const what of ['orders', 'claims', 'refunds douyin-shop', 'refunds jushuitan', 'approve', 'reject'])
    expect(report.book.counts[what], what).toBeGreaterThan(0)
  await rm(dir, { recursive: true, force: true })
})
