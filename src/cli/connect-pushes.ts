import type { Config, ShopConfig } from '#src/config.ts'

/**
 * Tells the sandbox where its shops' pushes go, as one enters an address in a channel's console: one per app, which
 * several shops may share. New orders keep arriving from then on.
 */
export async function connectPushes(
  sandboxUrl: string,
  address: string,
  shops: readonly ShopConfig[],
): Promise<void> {
  const pushUrls: Record<string, string> = {}
  for (const shop of shops) pushUrls[shop.connector] ??= `${address}/channels/${shop.id}/push`
  await changeSettings(sandboxUrl, { pushUrls })
}

/** Tells the sandbox's Feishu how to reach us, as one chooses it in the app's console. */
export async function connectEvents(
  sandboxUrl: string,
  address: string,
  transport: Config['transport'],
): Promise<void> {
  const webhook = transport === 'webhook'
  await changeSettings(sandboxUrl, {
    eventUrl: webhook ? `${address}/feishu/events` : null,
    callbackUrl: webhook ? `${address}/feishu/callback` : null,
  })
}

async function changeSettings(sandboxUrl: string, settings: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${sandboxUrl}/_control/settings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  })
  if (!response.ok) throw new Error(`The sandbox refused its settings: ${await response.text()}`)
}
