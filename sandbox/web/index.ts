import { registerStatusPage } from '../control/status-page.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { builtClient, isPageRequest, registerClientFiles, sendPage } from './client-files.ts'
import { registerLive } from './live.ts'
import { registerSession } from './session.ts'

/** The browser client's pages, session and live changes. The plain page is at `/plain`, and at `/` without a client. */
export function registerWeb(kernel: OwnKernel): void {
  registerSession(kernel)
  registerLive(kernel)
  const folder = builtClient()
  if (folder === undefined) {
    registerStatusPage(kernel, '/')
    return
  }
  registerClientFiles(kernel, folder)
  kernel.onUnknownPage((request, reply) => (isPageRequest(request) ? sendPage(reply, folder) : undefined))
}
