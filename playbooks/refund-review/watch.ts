import { z } from 'zod'
import type { Refund } from '#src/contracts/canonical.ts'
import { defineJob, type JobContext } from '#src/contracts/playbook.ts'
import { messageOf } from '#src/errors.ts'
import { refundInput } from './carry-out.ts'
import { refundSubject } from './refund-words.ts'
import { settledStages } from './standing.ts'

const minute = 60_000
const hour = 60 * minute
/** Soon at first; a return that takes weeks is asked for once a day, and pulls bring changes anyway. */
const delays = [
  2_000,
  3_000,
  5_000,
  10_000,
  30_000,
  minute,
  5 * minute,
  15 * minute,
  hour,
  hour,
  6 * hour,
  24 * hour,
]
const last = delays.length - 1

/** Asks every system that knows the refund; one that does not answer must not keep us from the others. */
async function refreshAll(ctx: JobContext, refund: Refund): Promise<void> {
  const refs = Object.entries(refund.refs)
  const asked = await Promise.allSettled(
    refs.map(([connector, ref]) => ctx.refresh('refunds', refund.shopId, ref, connector)),
  )
  const failed = asked.filter((one) => one.status === 'rejected')
  for (const { reason } of failed)
    ctx.log.warn({ refundNo: refund.refundNo, reason: messageOf(reason) }, 'refund could not be read')
  if (failed.length > 0 && failed.length === refs.length) throw failed[0]?.reason
}

/** After a decision was carried out: reads the refund in every system that knows it until the other side confirmed the end. */
export const watch = defineJob({
  input: refundInput.extend({ round: z.number().int().nonnegative() }),
  async run(ctx, input) {
    const refund = await ctx.records.refund(input.platform, input.refundNo)
    if (refund === undefined || settledStages.includes(refund.stage)) return
    await refreshAll(ctx, refund)
    const after = await ctx.records.refund(input.platform, input.refundNo)
    if (after === undefined || settledStages.includes(after.stage)) return
    const delay = delays[Math.min(input.round, last)] ?? hour
    await ctx.transaction((tx) =>
      tx.enqueue(
        'watch',
        { ...input, round: Math.min(input.round, last) + 1 },
        { key: refundSubject(refund), at: tx.now + delay },
      ),
    )
  },
})
