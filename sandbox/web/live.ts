import type { ServerResponse } from 'node:http'
import type { Kernel } from '../kernel/types.ts'

/** ms: changes are told together, so that a burst of orders is one refresh. */
const gatherMs = 120
const aliveMs = 15_000

/**
 * `GET /_web/live`: server-sent events `{"parts":["im-messages","bitable"]}` naming what changed; the client asks
 * again for what it shows of them. `{"parts":[]}` is the greeting.
 */
export function registerLive(kernel: Kernel): void {
  const clients = new Set<ServerResponse>()
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const tell = (text: string) => {
    for (const client of clients) client.write(text)
  }
  kernel.onChange((part) => {
    if (clients.size === 0) return
    gathered.add(part)
    timer ??= setTimeout(() => {
      timer = undefined
      const parts = [...gathered]
      gathered.clear()
      tell(`data: ${JSON.stringify({ parts })}\n\n`)
    }, gatherMs).unref()
  })
  const alive = setInterval(() => tell(': alive\n\n'), aliveMs).unref()
  kernel.web('GET', 'live', ({ reply }) => {
    reply.hijack()
    const client = reply.raw
    client.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    client.write('retry: 1000\ndata: {"parts":[]}\n\n')
    clients.add(client)
    client.on('close', () => clients.delete(client))
    return reply
  })
  kernel.app.addHook('preClose', async () => {
    clearInterval(alive)
    clearTimeout(timer)
    for (const client of clients) client.end()
  })
}
