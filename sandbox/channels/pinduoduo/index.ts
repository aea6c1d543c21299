import type { Kernel } from '../../kernel/types.ts'
import { registerPinduoduoControl } from './control.ts'
import { openGateway } from './gateway.ts'
import { pddState } from './state.ts'

/** Pinduoduo under `/pinduoduo`. A world has no shop there until one is opened over the control API. */
export function registerPinduoduo(kernel: Kernel): void {
  openGateway(kernel)
  registerPinduoduoControl(kernel)
  kernel.describe('pinduoduo', () => {
    const { clientId, clientSecret, shops } = pddState(kernel)
    return {
      baseUrl: `${kernel.baseUrl()}/pinduoduo`,
      clientId,
      clientSecret,
      shops: shops.map(({ shopId, name, accessToken, refreshToken, returnAddressId }) => ({
        ...{ shopId, name, accessToken, refreshToken, returnAddressId },
      })),
    }
  })
}
