/** 文件导入 (file import): orders and refunds out of a back office's export, for channels without an API. */
import type { Connector } from '#src/contracts/connector.ts'
import { masked } from '../kit/masked.ts'
import { maskedCode } from '../kit/masked-code.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'
import { type FileImportConfig, fileImportConfig } from './config.ts'
import { fields } from './fields.ts'
import { guessColumns, scoreOf } from './guess.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { recordOf } from './record.ts'

const kept = new Map<string, Keep>([
  ['buyerName', masked],
  ['buyerPhone', masked],
  ['buyerId', masked],
  ['buyerWords', maskedWords],
  ['sellerWords', maskedWords],
  ['certificateId', maskedCode],
])

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }
const keys = { orders: 'orderNo', refunds: 'refundNo' } as const

export const fileImport: Connector<FileImportConfig> = {
  id: 'file-import',
  label: '文件导入',
  role: 'file',
  platform: 'file-import',
  config: fileImportConfig,
  hosts: () => [],
  sheets: {
    headerScore: (row) => Math.max(scoreOf('orders', row), scoreOf('refunds', row)),
    guess: guessColumns,
    fields: (kind) =>
      fields[kind].map(({ key, label, required }) => ({ key, label, required: required === true })),
    keyOf: (kind, columns, { cells }) => cells[columns.get(keys[kind]) ?? -1]?.trim() ?? '',
    record: recordOf,
  },
  // Nothing can be asked for: what is known is what was imported.
  resources: {},
  async *pull() {},
  fetch: async () => null,
  normalize: (kind, record, context) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, context) as never,
  scrub: (record) => withoutPersonalData(record, kept),
  commands: {},
  check: async ({ shop }) => ({ shopName: shop.name, clockSkewMs: 0 }),
}
