import type { Kernel } from '../../kernel/types.ts'
import { registerWechatControl } from './control.ts'
import { openGateway } from './gateway.ts'
import { wechatState } from './state.ts'

/** WeChat Channels shops under `/wechat-shop`. A world has none until one is opened over the control API. */
export function registerWechatShop(kernel: Kernel): void {
  openGateway(kernel)
  registerWechatControl(kernel)
  kernel.describe('wechatShop', () => ({
    baseUrl: `${kernel.baseUrl()}/wechat-shop`,
    shops: wechatState(kernel).shops.map(
      ({ appId, appSecret, name, pushToken, encodingAesKey, returnAddressId }) => ({
        ...{ appId, appSecret, name, pushToken, encodingAesKey, returnAddressId },
      }),
    ),
  }))
}
