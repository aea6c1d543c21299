import { readdirSync, readFileSync } from 'node:fs'

export interface EndpointSchemas {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: Record<string, unknown>
}

const folder = new URL('./generated/', import.meta.url)
let loaded: Map<string, EndpointSchemas> | undefined

/** Schemas of an endpoint such as `POST /open-apis/im/v1/messages`; undefined where none were generated. */
export function endpointSchemas(endpoint: string): EndpointSchemas | undefined {
  loaded ??= load()
  return loaded.get(withoutNames(endpoint))
}

/** `:app_token` and `:app` mean the same place in a path. */
function withoutNames(endpoint: string): string {
  return endpoint.replace(/:\w+/g, ':')
}

function load(): Map<string, EndpointSchemas> {
  const all = new Map<string, EndpointSchemas>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const content: Record<string, EndpointSchemas> = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    for (const [endpoint, schemas] of Object.entries(content)) all.set(withoutNames(endpoint), schemas)
  }
  return all
}
