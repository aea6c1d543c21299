/**
 * Writes the JSON Schemas of the endpoints the sandbox serves into ./generated, from the zod schemas of npm
 * @larksuiteoapi/lark-mcp. Run by hand when that package moves on; the result is committed.
 *
 *   node sandbox/schemas/generate.ts
 */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface Tool {
  project: string
  path: string
  httpMethod: string
  schema: { data?: object; params?: object }
}
type Schema = Record<string, unknown>

const served =
  /^\/open-apis\/(im\/v1|bitable\/v1|base\/v2|approval\/v4|contact\/v3\/(users|departments|scopes)|drive\/v[12]\/(permissions|files|metas|medias)|cardkit\/v1|bot|event\/v1|task\/v2|wiki\/v[12]|docx\/v1|search\/v2|application\/v6|authen\/v1)(\/|$)/

/** What the platform's pages list and the package does not know yet, by endpoint. */
const additions: Record<string, { query?: Schema; body?: Schema }> = {
  'POST /open-apis/im/v1/messages': {
    query: { receive_id_type: { enum: ['open_id', 'union_id', 'user_id', 'email', 'chat_id', 'thread_id'] } },
  },
}

const load = createRequire(import.meta.url)
const { toJSONSchema } = load('zod') as { toJSONSchema(schema: object, options: object): Schema }
const base = dirname(load.resolve('@larksuiteoapi/lark-mcp/package.json'))
const { GenTools } = load(join(base, 'dist/mcp-tool/tools/zh/gen-tools/index.js')) as { GenTools: Tool[] }

const files = new Map<string, Record<string, Schema>>()
for (const tool of GenTools.filter((one) => served.test(one.path))) {
  const endpoint = `${tool.httpMethod} ${tool.path}`
  const file = files.get(tool.project) ?? {}
  files.set(tool.project, file)
  file[endpoint] = {
    ...(tool.schema.params && { query: convert(tool.schema.params, additions[endpoint]?.query, false) }),
    ...(tool.schema.data && { body: convert(tool.schema.data, additions[endpoint]?.body, true) }),
  }
}
for (const [project, endpoints] of files) {
  const sorted = Object.fromEntries(Object.entries(endpoints).sort(([a], [b]) => a.localeCompare(b)))
  const lines = Object.entries(sorted).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  )
  writeFileSync(new URL(`./generated/${project}.json`, import.meta.url), `{\n${lines.join(',\n')}\n}\n`)
}

/** Top level closed for bodies, so that a mistyped field is found; deeper levels open, because the package is a snapshot. */
function convert(zod: object, added: Schema | undefined, closed: boolean): Schema {
  const schema = slim(toJSONSchema(zod, { io: 'input', target: 'draft-7', unrepresentable: 'any' })) as Schema
  delete schema.$schema
  schema.properties = { ...(schema.properties as Schema), ...added }
  if (closed) schema.additionalProperties = false
  return schema
}

function slim(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => slim(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key]) => isNames || !['description', 'additionalProperties', 'default'].includes(key),
  )
  return Object.fromEntries(kept.map(([key, item]) => [key, slim(item, key === 'properties' && !isNames)]))
}
