const schemes = new Set(['http:', 'https:', 'mailto:', 'lark:', 'feishu:'])

/** The address if a browser may open it, undefined for any other scheme. A bare host becomes https. */
export function safeLink(link: string): string | undefined {
  const text = link.trim()
  const address = /^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(text) ? `https://${text}` : text
  if (!URL.canParse(address)) return undefined
  return schemes.has(new URL(address).protocol) ? address : undefined
}
