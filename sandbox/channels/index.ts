import type { Kernel } from '../kernel/types.ts'
import { registerDouyinLife } from './douyin-life/index.ts'
import { registerDouyinShop } from './douyin-shop/index.ts'
import { registerFliggy } from './fliggy/control.ts'
import { registerJd } from './jd/index.ts'
import { registerKuaishou } from './kuaishou/index.ts'
import { registerPinduoduo } from './pinduoduo/index.ts'
import { registerTaobao } from './taobao/index.ts'
import { registerWechatShop } from './wechat-shop/index.ts'
import { registerXiaohongshu } from './xiaohongshu/index.ts'

/** Every channel the sandbox plays. */
export function registerChannels(kernel: Kernel): void {
  registerDouyinLife(kernel)
  registerDouyinShop(kernel)
  registerKuaishou(kernel)
  registerFliggy(kernel)
  registerJd(kernel)
  registerPinduoduo(kernel)
  registerTaobao(kernel)
  registerWechatShop(kernel)
  registerXiaohongshu(kernel)
}
