import { bearerOf } from '../../kernel/tokens.ts'
import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { findTokenUser, oauthState } from './oauth-state.ts'

/** GET /authen/v1/user_info: who the token's person is, with the fields that person allowed. Feishu docs: 获取用户信息. */
export function registerUserInfo(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: '/open-apis/authen/v1/user_info',
    auth: 'none',
    unverified: ['that this page answers 20005 itself instead of the gateway'],
    handle: (call) => {
      const token = bearerOf(call.request) ?? ''
      const owner = oauthState(kernel).access.find((one) => one.token === token)?.openId ?? ''
      const person = findPerson(kernel, owner, 'open_id')
      if (person?.resigned) throw new ApiFailure(20021, 'User resigned', { status: 200 })
      const user = findTokenUser(kernel, token)
      if (!person || user === undefined || user === 'expired')
        throw new ApiFailure(20005, 'The user access token passed is invalid. Please check the value', {
          status: 200,
        })
      const may = (scope: string) => user.scopes.includes(scope)
      const picture = `${kernel.baseUrl()}/_web/avatar/${person.open_id}.svg`
      return {
        name: person.name,
        en_name: person.name,
        avatar_url: picture,
        avatar_thumb: picture,
        avatar_middle: picture,
        avatar_big: picture,
        open_id: person.open_id,
        union_id: person.union_id,
        tenant_key: kernel.identity().tenantKey,
        ...(may('contact:user.email:readonly') && { email: person.email }),
        ...(may('contact:user.employee_id:readonly') && { user_id: person.user_id }),
        ...(may('contact:user.phone:readonly') && { mobile: `+86${person.mobile}` }),
      }
    },
  })
}
