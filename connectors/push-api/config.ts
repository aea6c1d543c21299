import { z } from 'zod'

/** One shop whose records are handed to us by a script, a crawler, RPA or another system. */
export const pushApiConfig = z.strictObject({
  /** First half of the identity of its orders, e.g. `ctrip`; a record may name another. */
  platform: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes 用小写字母、数字和连字符'),
  /** Shared with the sender alone; make one with `openssl rand -hex 32`. */
  secret: z.string().min(32, 'at least 32 characters 至少 32 个字符'),
})

export type PushApiConfig = z.infer<typeof pushApiConfig>
