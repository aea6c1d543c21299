/**
 * Shape 5: no signature, the token itself travels. Douyin life (header `access-token`), WeChat (query
 * `access_token`); without a name: `authorization: Bearer <token>`. An empty token adds nothing.
 */
export function bearerHeaders(token: string, header = 'authorization'): Record<string, string> {
  if (token === '') return {}
  return { [header]: header === 'authorization' ? `Bearer ${token}` : token }
}

/** The address with the token in its query. */
export function withTokenQuery(address: string, token: string, name = 'access_token'): string {
  const url = new URL(address)
  if (token !== '') url.searchParams.set(name, token)
  return url.href
}
