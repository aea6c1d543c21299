import { z } from 'zod'
import { defineJob } from '#src/contracts/playbook.ts'
import { refundInput } from './carry-out.ts'
import { refundSubject } from './refund-words.ts'
import { settledStages } from './standing.ts'

const delays = [2_000, 3_000, 5_000, 10_000, 30_000, 60_000, 5 * 60_000, 15 * 60_000, 3_600_000]

/** After a decision was carried out: reads the refund in every system that knows it until the other side confirmed the end. */
export const watch = defineJob({
  input: refundInput.extend({ round: z.number().int().nonnegative() }),
  async run(ctx, input) {
    const refund = await ctx.records.refund(input.platform, input.refundNo)
    if (refund === undefined || settledStages.includes(refund.stage)) return
    for (const [connector, ref] of Object.entries(refund.refs)) {
      await ctx.refresh('refunds', refund.shopId, ref, connector)
    }
    const after = await ctx.records.refund(input.platform, input.refundNo)
    if (after === undefined || settledStages.includes(after.stage)) return
    const delay = delays[Math.min(input.round, delays.length - 1)] ?? 3_600_000
    await ctx.transaction((tx) =>
      tx.enqueue(
        'watch',
        { ...input, round: input.round + 1 },
        { key: refundSubject(refund), at: tx.now + delay },
      ),
    )
  },
})
