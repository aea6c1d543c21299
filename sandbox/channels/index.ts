import type { Kernel } from '../kernel/types.ts'
import { registerDouyinShop } from './douyin-shop/index.ts'
import { registerKuaishou } from './kuaishou/index.ts'
import { registerPinduoduo } from './pinduoduo/index.ts'
import { registerTaobao } from './taobao/index.ts'
import { registerXiaohongshu } from './xiaohongshu/index.ts'

/** Every channel the sandbox plays. */
export function registerChannels(kernel: Kernel): void {
  registerDouyinShop(kernel)
  registerKuaishou(kernel)
  registerPinduoduo(kernel)
  registerTaobao(kernel)
  registerXiaohongshu(kernel)
}
