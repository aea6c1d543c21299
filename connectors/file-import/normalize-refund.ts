import type { Refund } from '#src/contracts/canonical.ts'
import type { Shop } from '#src/contracts/connector.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { idCell, kindCell, moneyCell, stageCell, timeCell } from './cells.ts'
import type { FileImportConfig } from './config.ts'
import { cellReader } from './reader.ts'
import { fileRecord } from './record.ts'

/** A refund of a file. @throws DataError naming column and line */
export function normalizeRefund(
  record: unknown,
  { shop, config }: { shop: Shop; config: FileImportConfig },
): Refund {
  const { lines, rows } = readRecord(fileRecord, record, '文件中的退款单')
  const reader = cellReader(rows[0] ?? {}, lines[0] ?? 0)
  const statusText = reader.text('stage') ?? ''
  const stage = stageCell(statusText)
  const requested = reader.required('requestedAt', timeCell)
  const refunded = reader.optional('refundedAt', timeCell)
  const updated = reader.optional('updatedAt', timeCell) ?? Math.max(requested, refunded ?? 0)
  const amount = reader.required('amount', moneyCell)
  const isRefunded = stage === 'refunded'
  return {
    platform: config.platform,
    refundNo: reader.required('refundNo', idCell),
    orderNo: reader.required('orderNo', idCell),
    shopId: shop.id,
    kind: kindCell(reader.text('kind') ?? ''),
    stage,
    statusText,
    version: updated,
    amount,
    ...(isRefunded ? { refundedAmount: reader.optional('refundedAmount', moneyCell) ?? amount } : {}),
    reason: maskedWords(reader.text('reason') ?? ''),
    times: {
      requested,
      updated,
      ...withoutUndefined({
        deadline: reader.optional('deadline', timeCell),
        refunded: isRefunded ? (refunded ?? updated) : undefined,
      }),
    },
    refs: {},
  }
}
