import { z } from 'zod'
import { topSettings } from '../kit/top/config.ts'

/** One shop on Taobao or Tmall. */
export const taobaoConfig = z.strictObject({
  ...topSettings,
  /** Tmall has other limits for agreeing to refunds. */
  isTmall: z.boolean().default(false),
})

export type TaobaoConfig = z.infer<typeof taobaoConfig>
