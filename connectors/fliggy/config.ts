import { z } from 'zod'
import { topSettings } from '../kit/top/config.ts'

/** One shop on Fliggy. */
export const fliggyConfig = z.strictObject({
  ...topSettings,
  /** Sells hotel rooms: they have calls of their own. */
  hotel: z.boolean().default(false),
})

export type FliggyConfig = z.infer<typeof fliggyConfig>
