import { registerChannels } from './channels/index.ts'
import { registerControl } from './control/index.ts'
import { registerErp } from './erp/index.ts'
import { registerApplication } from './feishu/application/index.ts'
import { registerApproval } from './feishu/approval/index.ts'
import { registerAuth } from './feishu/auth/index.ts'
import { baseDocuments } from './feishu/bitable/documents.ts'
import { registerBitable } from './feishu/bitable/index.ts'
import { registerContact } from './feishu/contact/index.ts'
import { registerCompany } from './feishu/docs/company.ts'
import { documentFiles, joinDirectories } from './feishu/docx/documents.ts'
import { registerDrive } from './feishu/drive/index.ts'
import { registerIm } from './feishu/im/index.ts'
import { registerOauth } from './feishu/oauth/index.ts'
import { registerGallery } from './gallery/index.ts'
import { createKernel, type KernelOptions, type OwnKernel } from './kernel/create-kernel.ts'
import { registerWeb } from './web/index.ts'
import { registerWorld } from './world/index.ts'

export interface Sandbox {
  kernel: OwnKernel
  app: OwnKernel['app']
  /** Listens (0 picks a port) and returns the base URL. */
  listen(port: number, host?: string): Promise<string>
  save(): void
  close(): Promise<void>
}

/** The whole sandbox: Feishu, channels and ERP on one port. The world is loaded or seeded before this resolves. */
export async function buildSandbox(options: KernelOptions = {}): Promise<Sandbox> {
  const kernel = createKernel(options)
  registerAuth(kernel)
  registerContact(kernel)
  registerIm(kernel)
  registerGallery(kernel)
  registerDrive(kernel, joinDirectories(baseDocuments(registerBitable(kernel)), documentFiles(kernel)))
  registerApproval(kernel)
  registerApplication(kernel)
  registerOauth(kernel)
  registerChannels(kernel)
  registerErp(kernel)
  registerWorld(kernel)
  registerCompany(kernel)
  registerControl(kernel)
  registerWeb(kernel)
  await kernel.start()
  return {
    kernel,
    app: kernel.app,
    async listen(port, host = '127.0.0.1') {
      const url = await kernel.app.listen({ port, host })
      kernel.listening(url)
      return url
    },
    save: kernel.save,
    close: kernel.close,
  }
}
