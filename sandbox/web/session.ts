import { listUsers } from '../feishu/contact/people.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import type { WebSession } from './shapes.ts'

/** `GET /_web/session`: who can be played here, and whether a product listens. */
export function registerSession(kernel: OwnKernel): void {
  kernel.web('GET', 'session', (): WebSession => {
    const { worldId, appId, botName, botOpenId } = kernel.identity()
    const people = listUsers(kernel)
      .filter((person) => !person.resigned)
      .map(({ open_id, name, roles }) => ({ open_id, name, roles }))
    return {
      worldId,
      appId,
      botName,
      botOpenId,
      people,
      now: kernel.clock.now(),
      connected: isConnected(kernel),
      productUrl: productUrl(kernel),
    }
  })
}

function isConnected(kernel: OwnKernel): boolean {
  return kernel.events.longConnection.count() > 0 || kernel.settings.eventUrl !== null
}

function productUrl(kernel: OwnKernel): string | null {
  const known = [
    kernel.settings.eventUrl,
    kernel.settings.callbackUrl,
    ...Object.values(kernel.settings.pushUrls),
  ]
  const first = known.find((url) => typeof url === 'string' && URL.canParse(url))
  return first ? new URL(first).origin : null
}
