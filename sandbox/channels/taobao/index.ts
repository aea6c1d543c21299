import type { Kernel } from '../../kernel/types.ts'
import { registerTaobaoControl } from './control.ts'
import { openTop } from './gateway.ts'
import { taobaoState } from './state.ts'

/** Taobao and Tmall (TOP) under `/taobao`. A world has no shop there until one is opened over the control API. */
export function registerTaobao(kernel: Kernel): void {
  openTop(kernel)
  registerTaobaoControl(kernel)
  kernel.describe('taobao', () => {
    const { appKey, appSecret, shops } = taobaoState(kernel)
    return {
      baseUrl: `${kernel.baseUrl()}/taobao`,
      tokenUrl: `${kernel.baseUrl()}/taobao`,
      appKey,
      appSecret,
      shops: shops.map(({ shopId, name, session, refreshToken }) => ({
        shopId,
        name,
        session,
        refreshToken,
      })),
    }
  })
}
