import { and, asc, desc, eq } from 'drizzle-orm'
import type { Records } from '#src/contracts/playbook.ts'
import type { Executor } from '#src/db/database.ts'
import { orders, refunds } from '#src/db/schema/index.ts'

/** The current canonical records, read where the caller's transaction sees them. */
export function createRecords(executor: Executor): Records {
  return {
    order: async (platform, orderNo) => {
      const [row] = await executor
        .select({ doc: orders.doc })
        .from(orders)
        .where(and(eq(orders.platform, platform), eq(orders.orderNo, orderNo)))
      return row?.doc
    },
    orderByNo: async (orderNo) => {
      const [row] = await executor
        .select({ doc: orders.doc })
        .from(orders)
        .where(eq(orders.orderNo, orderNo))
        .orderBy(desc(orders.storedAt))
        .limit(1)
      return row?.doc
    },
    refundByNo: async (refundNo) => {
      const [row] = await executor
        .select({ doc: refunds.doc })
        .from(refunds)
        .where(eq(refunds.refundNo, refundNo))
        .orderBy(desc(refunds.storedAt))
        .limit(1)
      return row?.doc
    },
    refund: async (platform, refundNo) => {
      const [row] = await executor
        .select({ doc: refunds.doc })
        .from(refunds)
        .where(and(eq(refunds.platform, platform), eq(refunds.refundNo, refundNo)))
      return row?.doc
    },
    refundsOf: async (platform, orderNo) => {
      const rows = await executor
        .select({ doc: refunds.doc })
        .from(refunds)
        .where(and(eq(refunds.platform, platform), eq(refunds.orderNo, orderNo)))
        .orderBy(asc(refunds.refundNo))
      return rows.map((row) => row.doc)
    },
  }
}
