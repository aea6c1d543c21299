import type { Kernel } from '../../kernel/types.ts'
import { registerXhsControl } from './control.ts'
import { resumePayouts } from './decisions.ts'
import { openXhs, prefix } from './gateway.ts'
import { xhsState } from './state.ts'

/** Xiaohongshu under `/xiaohongshu`. A world has no shop there until one is opened over the control API. */
export function registerXiaohongshu(kernel: Kernel): void {
  openXhs(kernel)
  registerXhsControl(kernel)
  kernel.onStart(() => resumePayouts(kernel))
  kernel.describe('xiaohongshu', () => {
    const { appId, appSecret, shops } = xhsState(kernel)
    return { baseUrl: `${kernel.baseUrl()}${prefix}`, appId, appSecret, shops }
  })
}
