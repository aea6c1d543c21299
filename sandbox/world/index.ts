import type { Kernel } from '../kernel/types.ts'
import { startGenerator } from './generator.ts'
import { openShopByControl } from './open-shop.ts'
import { seedWorld } from './seed.ts'

/** Seeds an empty world at start and after a reset, then lets its people live on. */
export function registerWorld(kernel: Kernel): void {
  kernel.control('POST', 'channels/douyin-shop/shops', (call) => openShopByControl(kernel, call))
  kernel.onStart(() => seedWorld(kernel))
  kernel.onStart(() => startGenerator(kernel))
}
