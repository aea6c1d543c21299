/** Query parameters that say what was called and never carry a secret; all other values are hidden. */
const shown = new Set([
  'method',
  'api',
  'action',
  'type',
  'v',
  'version',
  'format',
  'page',
  'page_no',
  'page_size',
])

/** A URL fit for logs and errors: query values hidden except a few harmless ones, no fragment, at most 300 characters. */
export function redactUrl(url: URL): string {
  const query = [...url.searchParams]
    .map(([name, value]) => `${name}=${shown.has(name.toLowerCase()) ? value : '***'}`)
    .join('&')
  return `${url.origin}${url.pathname}${query === '' ? '' : `?${query}`}`.slice(0, 300)
}
