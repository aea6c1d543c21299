import { z } from 'zod'
import type { Call } from './call.ts'
import { pathPart } from './path-part.ts'
import { type Contacts, FeishuError } from './types.ts'

/** Unknown people come back without a user_id. */
const found = z.object({
  user_list: z.array(z.object({ user_id: z.string().nullish(), mobile: z.string().nullish() })).nullish(),
})

const one = z
  .object({
    user: z.object({ open_id: z.string(), user_id: z.string().nullish(), name: z.string().default('') }),
  })
  .transform(({ user }) => ({ openId: user.open_id, userId: user.user_id || undefined, name: user.name }))

/** Feishu docs, 通过手机号或邮箱获取用户 ID: at most 50 mobiles a call. */
const mobilesPerCall = 50

export function createContacts(call: Call): Contacts {
  return {
    async openIdsByMobile(mobiles, { purpose }) {
      const byMobile = new Map<string, string>()
      for (let i = 0; i < mobiles.length; i += mobilesPerCall) {
        const data = await call({
          api: 'contact.user.batch-get-id',
          purpose,
          answer: found,
          send: (sdk, auth) =>
            sdk.contact.v3.user.batchGetId(
              {
                params: { user_id_type: 'open_id' },
                data: { mobiles: mobiles.slice(i, i + mobilesPerCall), include_resigned: false },
              },
              auth,
            ),
        })
        for (const user of data.user_list ?? [])
          if (user.user_id && user.mobile) byMobile.set(user.mobile, user.user_id)
      }
      return byMobile
    },
    async user(openId, { purpose }) {
      try {
        return await call({
          api: 'contact.user.get',
          purpose,
          answer: one,
          send: (sdk, auth) =>
            sdk.contact.v3.user.get(
              { path: { user_id: pathPart(openId) }, params: { user_id_type: 'open_id' } },
              auth,
            ),
        })
      } catch (error) {
        if (error instanceof FeishuError && error.failure === 'not-found') return undefined
        throw error
      }
    },
  }
}
