import { z } from 'zod'

/** A shop whose orders come in files. Any other shop can be imported into as well, under its own platform. */
export const fileImportConfig = z.strictObject({
  /** First half of the identity of its orders, e.g. `tongcheng`. */
  platform: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and dashes 用小写字母、数字和连字符'),
})

export type FileImportConfig = z.infer<typeof fileImportConfig>
