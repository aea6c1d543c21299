import type { Kernel } from '../../kernel/types.ts'
import { registerFileApi } from './file-api.ts'
import { driveState, type FileDirectory } from './files.ts'
import { registerMediaDownloadApi } from './media-download-api.ts'
import { mediaState } from './media-store.ts'
import { registerMediaUploadApi } from './media-upload-api.ts'
import { registerMetaApi } from './meta-api.ts'
import { registerPermissionApi } from './permission-api.ts'
import { registerPublicApi } from './public-api.ts'
import { registerSubscriptionApi } from './subscription-api.ts'

export type { FileDirectory } from './files.ts'

/** Permissions, subscriptions, folders and uploads of documents; the documents themselves belong to other parts. */
export function registerDrive(kernel: Kernel, files: FileDirectory): void {
  driveState(kernel)
  mediaState(kernel)
  registerPermissionApi(kernel, files)
  registerPublicApi(kernel, files)
  registerSubscriptionApi(kernel, files)
  registerMetaApi(kernel, files)
  registerFileApi(kernel, files)
  registerMediaUploadApi(kernel, files)
  registerMediaDownloadApi(kernel, files)
}
