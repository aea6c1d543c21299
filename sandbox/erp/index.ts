import type { Kernel } from '../kernel/types.ts'
import { registerJushuitan } from './jushuitan/index.ts'
import { registerWangdiantong } from './wangdiantong/index.ts'

/** Every ERP the sandbox plays. */
export function registerErp(kernel: Kernel): void {
  registerJushuitan(kernel)
  registerWangdiantong(kernel)
}
