import type { TrafficDetail } from '#sandbox/control/workbench-shapes.ts'

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** The entry as a command: a call of the product with a token to fill in, a delivery exactly as it was sealed. */
export function curlOf(entry: TrafficDetail, origin: string): string | undefined {
  if (entry.direction === 'in') return callOf(entry, origin)
  const wire = entry.wire as { headers?: Record<string, string>; body?: string } | undefined
  if (!wire?.body || !/^https?:/.test(entry.url)) return undefined
  const headers = Object.entries(wire.headers ?? {}).map(
    ([name, value]) => `-H ${quoted(`${name}: ${value}`)}`,
  )
  return [`curl -X POST ${quoted(entry.url)}`, ...headers, `-d ${quoted(wire.body)}`].join(' \\\n  ')
}

function callOf(entry: TrafficDetail, origin: string): string {
  const hasBody = entry.method !== 'GET' && typeof entry.request === 'object' && entry.request !== null
  return [
    `curl -X ${entry.method} ${quoted(`${origin}${entry.url}`)}`,
    ...(entry.who ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(hasBody
      ? [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(entry.request))}`]
      : []),
  ].join(' \\\n  ')
}
