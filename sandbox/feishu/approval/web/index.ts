import type { Kernel, WebCall } from '../../../kernel/types.ts'
import { actOnApproval } from './actions.ts'
import {
  createDefinition,
  deleteDefinition,
  listDefinitions,
  publishDefinition,
  showDefinition,
  switchDefinition,
} from './admin.ts'
import { markRead, showApproval } from './detail.ts'
import { sendFile, uploadFile } from './file-routes.ts'
import { launch, listLaunchable, showLaunch } from './launch.ts'
import { listApprovals } from './lists.ts'

/** The approval pages' server side, `/_web/approval/…`. */
export function registerApprovalWeb(kernel: Kernel): void {
  const as = (handle: (kernel: Kernel, call: WebCall) => unknown) => (call: WebCall) => handle(kernel, call)
  kernel.web('GET', 'approval/list', as(listApprovals))
  kernel.web('GET', 'approval/instances/:code', as(showApproval))
  kernel.web('POST', 'approval/instances/:code/read', as(markRead))
  kernel.web('POST', 'approval/instances/:code/:deed', as(actOnApproval))
  kernel.web('GET', 'approval/launch', as(listLaunchable))
  kernel.web('GET', 'approval/launch/:code', as(showLaunch))
  kernel.web('POST', 'approval/launch/:code', as(launch))
  kernel.web('GET', 'approval/admin', as(listDefinitions))
  kernel.web('POST', 'approval/admin', as(createDefinition))
  kernel.web('GET', 'approval/admin/:code', as(showDefinition))
  kernel.web('PUT', 'approval/admin/:code', as(publishDefinition))
  kernel.web('DELETE', 'approval/admin/:code', as(deleteDefinition))
  kernel.web('POST', 'approval/admin/:code/status', as(switchDefinition))
  kernel.web('POST', 'approval/files', as(uploadFile))
  kernel.web('GET', 'approval/files/:code', as(sendFile))
}
