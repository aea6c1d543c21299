import { z } from 'zod'

/** Where a button leads, per device; as `DeepLink` of the connector contract. */
export const link = z.object({
  url: z.string(),
  pcUrl: z.string().optional(),
  iosUrl: z.string().optional(),
  androidUrl: z.string().optional(),
})
