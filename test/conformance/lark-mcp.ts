import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'

const load = createRequire(import.meta.url)

export interface ToolAnswer {
  failed: boolean
  /** What the tool said: the API's data, or its error body. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
  said: any
}

export interface LarkMcp {
  tools(): Promise<string[]>
  use(tool: string, input: Record<string, unknown>): Promise<ToolAnswer>
  close(): Promise<void>
}

/** The official MCP server as a process of its own, pointed at a sandbox, with the given presets. */
export async function startLarkMcp(options: {
  url: string
  appId: string
  appSecret: string
  presets: readonly string[]
  userToken?: string
}): Promise<LarkMcp> {
  const folder = dirname(load.resolve('@larksuiteoapi/lark-mcp/package.json'))
  const args = [
    join(folder, 'dist/cli.js'),
    'mcp',
    ...['-a', options.appId, '-s', options.appSecret, '-d', options.url, '-l', 'zh'],
    ...['-t', options.presets.join(',')],
    ...(options.userToken === undefined ? [] : ['-u', options.userToken]),
  ]
  const client = new Client({ name: 'huiliu-conformance', version: '1.0.0' })
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }))
  return {
    async tools() {
      const { tools } = await client.listTools()
      return tools.map(({ name }) => name)
    },
    async use(tool, input) {
      const answer = await client.callTool({ name: tool, arguments: input })
      const [first] = answer.content as { type: string; text?: string }[]
      const text = first?.text ?? ''
      return { failed: answer.isError === true, said: parsed(text) }
    },
    close: () => client.close(),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
