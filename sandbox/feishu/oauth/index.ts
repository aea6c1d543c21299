import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { ApiFailure } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { findTokenUser, revokeConsent } from './oauth-state.ts'
import { registerRegistration, registrationChanged, registrationState } from './registration.ts'
import { registerTokenV1 } from './token-v1.ts'
import { registerTokenV2 } from './token-v2.ts'
import { registerUserInfo } from './user-info.ts'
import { registerDeviceRoutes } from './web/device-routes.ts'
import { registerLoginRoutes } from './web/login-routes.ts'

/** Sign-in of people (OAuth 2.0 with PKCE), their tokens, and one-scan registration of an app. */
export function registerOauth(kernel: OwnKernel): void {
  kernel.tokens.knowUsers((token) => findTokenUser(kernel, token))
  kernel.api({
    method: 'GET',
    path: '/open-apis/authen/v1/authorize',
    auth: 'none',
    envelope: false,
    limit: { perMinute: 1000, perSecond: 50 },
    // The page says what is wrong with the request, as the platform's does.
    handle: ({ request, reply }) => reply.redirect(`/login?${request.url.split('?')[1] ?? ''}`),
  })
  registerTokenV2(kernel)
  registerTokenV1(kernel)
  registerUserInfo(kernel)
  registerRegistration(kernel)
  registerLoginRoutes(kernel)
  registerDeviceRoutes(kernel)
  registerOauthControl(kernel)
}

function registerOauthControl(kernel: OwnKernel): void {
  kernel.control('POST', 'oauth/revoke', {
    about: {
      zh: '替一个人收回授权：令牌立即失效，应用收到撤销事件',
      en: 'Takes a person’s consent back: tokens die, the app is told',
      fields: { open_id: 'whose' },
    },
    handle: ({ body }) => {
      const person = findPerson(kernel, String(body.open_id ?? ''), 'open_id')
      if (!person) throw new ApiFailure(400, 'open_id names nobody')
      revokeConsent(kernel, person)
      return {}
    },
  })
  kernel.control('POST', 'oauth/registration', {
    about: {
      zh: '扫码注册的轮询间隔（平台是 5 秒）',
      en: 'How often a program that registers may poll (the platform: every 5 s)',
      fields: { interval: 'seconds' },
      example: { interval: 5 },
    },
    handle: ({ body: { interval } }) => {
      if (typeof interval !== 'number' || !(interval >= 0))
        throw new ApiFailure(400, 'interval must be seconds ≥ 0 between polls')
      registrationState(kernel).interval = interval
      registrationChanged(kernel)
      return { interval }
    },
  })
}
