import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { registerAppControl } from './control.ts'
import { registerAppReadApi } from './read-api.ts'
import { guardScopes } from './scopes.ts'
import { registerAppWriteApi } from './write-api.ts'

/** The app as the developer console and the administrator see it: scopes, visibility, versions, settings. */
export function registerApplication(kernel: OwnKernel): void {
  guardScopes(kernel)
  registerAppReadApi(kernel)
  registerAppWriteApi(kernel)
  registerAppControl(kernel)
}
