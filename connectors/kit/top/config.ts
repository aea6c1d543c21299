import { z } from 'zod'
import { baseUrl } from '../base-url.ts'

/** What every shop on the TOP gateway (Taobao, Tmall, Fliggy) needs. */
export const topSettings = {
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  baseUrl: baseUrl.default('https://eco.taobao.com'),
  tokenUrl: baseUrl.default('https://oauth.taobao.com'),
  /** Session key of the shop (= access token); later ones come from refreshing. */
  sessionKey: z.string().min(1).optional(),
  refreshToken: z.string().min(1).optional(),
  /** Code the authorisation page handed back; works once. */
  authorizationCode: z.string().min(1).optional(),
  /** Address the code was sent to, as registered for the app. */
  redirectUri: z.url().optional(),
}

export type TopConfig = z.infer<z.ZodObject<typeof topSettings>>
