import type { Kernel } from '../../kernel/types.ts'
import { registerKuaishouControl } from './control.ts'
import { openGateway } from './gateway.ts'
import { ksState } from './state.ts'

/** Kuaishou under `/kuaishou`. A world has no shop there until one is opened over the control API. */
export function registerKuaishou(kernel: Kernel): void {
  openGateway(kernel)
  registerKuaishouControl(kernel)
  kernel.describe('kuaishou', () => {
    const { appKey, appSecret, signSecret, privateKey, shops } = ksState(kernel)
    return {
      baseUrl: `${kernel.baseUrl()}/kuaishou`,
      ...{ appKey, appSecret, signSecret, privateKey },
      shops: shops.map(({ sellerId, name, accessToken, refreshToken, returnAddressId }) => ({
        ...{ sellerId, name, accessToken, refreshToken, returnAddressId },
      })),
    }
  })
}
