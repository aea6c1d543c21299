import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall, type Kernel } from '../kernel/types.ts'
import { startGenerator } from './generator.ts'
import { openShopByControl } from './open-shop.ts'
import { seedWorld } from './seed.ts'
import { registerStory } from './story/index.ts'

/** `{ordersPerMinute}`: how fast orders come by themselves; 0 stops them. */
function setPace(kernel: Kernel, { body }: ControlCall): { ordersPerMinute: number } {
  const pace = body.ordersPerMinute
  if (typeof pace !== 'number' || !(pace >= 0))
    throw new ApiFailure(400, 'ordersPerMinute must be a number ≥ 0')
  kernel.settings.ordersPerMinute = pace
  kernel.changed('world')
  return { ordersPerMinute: pace }
}

/** Seeds an empty world at start and after a reset, then lets its people live on. */
export function registerWorld(kernel: OwnKernel): void {
  kernel.control('POST', 'channels/douyin-shop/shops', (call) => openShopByControl(kernel, call))
  kernel.control('POST', 'generator', (call) => setPace(kernel, call))
  registerStory(kernel)
  kernel.onStart(() => seedWorld(kernel))
  kernel.onStart(() => startGenerator(kernel))
}
