import type { Kernel } from '../../kernel/types.ts'
import { registerWdtControl } from './control.ts'
import { enterprisePath, flagshipPath, openWdtGateways } from './gateway.ts'
import { wdtState } from './state.ts'
import { resumePayouts } from './write-back.ts'

/** Wangdiantong, both editions. A world has no account there until one is opened over the control API. */
export function registerWangdiantong(kernel: Kernel): void {
  openWdtGateways(kernel)
  registerWdtControl(kernel)
  kernel.onStart(() => resumePayouts(kernel))
  kernel.describe('wangdiantong', () => ({
    flagshipUrl: `${kernel.baseUrl()}${flagshipPath}`,
    enterpriseUrl: `${kernel.baseUrl()}${enterprisePath}`,
    accounts: wdtState(kernel).accounts,
  }))
}
