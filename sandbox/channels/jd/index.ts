import type { Kernel } from '../../kernel/types.ts'
import { registerJdControl } from './control.ts'
import { openJd } from './gateway.ts'
import { jdState } from './state.ts'

/** JD under `/jd`. A world has no shop there until one is opened over the control API. */
export function registerJd(kernel: Kernel): void {
  openJd(kernel)
  registerJdControl(kernel)
  kernel.describe('jd', () => {
    const { appKey, appSecret, shops } = jdState(kernel)
    return {
      baseUrl: `${kernel.baseUrl()}/jd`,
      tokenUrl: `${kernel.baseUrl()}/jd`,
      appKey,
      appSecret,
      shops: shops.map(({ shopId, name, accessToken, refreshToken }) => ({
        ...{ shopId, name, accessToken, refreshToken },
      })),
    }
  })
}
