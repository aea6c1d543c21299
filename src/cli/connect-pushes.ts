import type { ShopConfig } from '#src/config.ts'

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
  const response = await fetch(`${sandboxUrl}/_control/settings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pushUrls }),
  })
  if (!response.ok) throw new Error(`The sandbox refused the push addresses: ${await response.text()}`)
}
