import type { Kernel } from '../../kernel/types.ts'
import { registerLifeControl } from './control.ts'
import { openGateway } from './gateway.ts'
import { certificateStatuses, lifeState } from './state.ts'

/** Douyin life under `/douyin-life`. A world has no merchant there until one is opened over the control API. */
export function registerDouyinLife(kernel: Kernel): void {
  openGateway(kernel)
  registerLifeControl(kernel)
  kernel.describe('douyinLife', () => {
    const { clientKey, clientSecret, accounts } = lifeState(kernel)
    return {
      baseUrl: `${kernel.baseUrl()}/douyin-life`,
      clientKey,
      clientSecret,
      accounts,
      certificateStatuses,
    }
  })
}
