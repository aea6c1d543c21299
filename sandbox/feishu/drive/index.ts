import type { Kernel } from '../../kernel/types.ts'
import { driveState, type FileDirectory } from './files.ts'
import { registerPermissionApi } from './permission-api.ts'
import { registerSubscriptionApi } from './subscription-api.ts'

export type { FileDirectory } from './files.ts'

/** Permissions and subscriptions of documents; the documents themselves belong to other parts. */
export function registerDrive(kernel: Kernel, files: FileDirectory): void {
  driveState(kernel)
  registerPermissionApi(kernel, files)
  registerSubscriptionApi(kernel, files)
}
