import { z } from 'zod'

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'use lower-case letters, digits and dashes 用小写字母、数字和连字符')
const settings = z.record(z.string(), z.unknown()).default({})
/** Setting → name of the environment variable that holds it. */
const secrets = z
  .record(z.string(), z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'name an environment variable 填写环境变量名'))
  .default({})

const system = z.strictObject({
  id,
  /** Folder name below connectors/, e.g. `douyin-shop`. */
  connector: z.string().min(1),
  name: z.string().min(1),
  settings,
  secrets,
})

const shop = z.strictObject({
  id,
  name: z.string().min(1),
  /** Id of the system the shop sells on; its settings and secrets apply, the shop's own come on top. */
  system: id,
  settings,
  secrets,
  /** Id of the system (ERP) the shop's orders are booked in. */
  erp: id.optional(),
  /** Who executes an approved refund: exactly one of them. */
  payer: z.enum(['erp', 'channel', 'person']),
  /** Group that gets the shop's order cards; can be chosen later in the table 店铺. */
  chatId: z.string().regex(/^oc_/).optional(),
  /** Where 查看订单 leads, with the placeholder {orderNo}; absent: the channel's back office. */
  orderUrlTemplate: z
    .string()
    .includes('{orderNo}')
    .regex(/^https?:\/\//, 'start with https:// 以 https:// 开头')
    .optional(),
})

export const installationSchema = z.strictObject({
  systems: z.array(system).default([]),
  shops: z.array(shop).default([]),
  /** Our approval id → approval_code of the definition made in the Feishu console. */
  approvals: z.record(z.string(), z.string().min(1)).default({}),
  bitable: z
    .strictObject({
      /** Rows a table may hold; 20,000 is what every edition of Feishu allows. */
      rowCap: z.int().min(1).default(20_000),
      /** Records per write; the platform takes at most 1,000. */
      batchSize: z.int().min(1).max(1000).default(500),
    })
    .default({ rowCap: 20_000, batchSize: 500 }),
})

/** What huiliu.config.ts says, as written there. */
export type Installation = z.input<typeof installationSchema>
export type ParsedInstallation = z.output<typeof installationSchema>

/** Types huiliu.config.ts; it is validated when Huiliu starts. */
export function defineInstallation(installation: Installation): Installation {
  return installation
}
