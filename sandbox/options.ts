import { parseArgs } from 'node:util'

/** What the sandbox was asked for on its command line; environment variables fill in what is missing there. */
export interface Options {
  port: number
  host: string
  seed: number
  ordersPerMinute: number
  /** Folder of the saved world; null keeps it in memory only. */
  dataFolder: string | null
  /** File of a snapshot to start from. */
  snapshotFile: string | undefined
  json: boolean
  help: boolean
}

export const usage = `沙箱：本机模拟的飞书、店铺和 ERP。A local Feishu, shop and ERP.

  npm run sandbox -- [options]

  --port N          端口 port (3400; 0 picks a free one)          SANDBOX_PORT
  --host ADDRESS    监听地址 address to listen on (127.0.0.1)       SANDBOX_HOST
  --seed N          新世界的种子 seed of a new world (1)            SANDBOX_SEED
  --orders N        每分钟来单 orders per minute, new world (6)    SANDBOX_ORDERS_PER_MINUTE
  --data FOLDER     保存世界的目录 folder of the saved world       SANDBOX_DATA
  --snapshot FILE   从这份快照开始 start from a snapshot
  --json            就绪后输出一行 JSON print one line when ready
  --help`

/** @throws Error that says, in Chinese and English, which option is wrong */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const values = parsed(args)
  const number = (name: string, option: string | undefined, variable: string, otherwise: number) =>
    option === undefined
      ? wholeNumber(variable, env[variable], otherwise)
      : wholeNumber(`--${name}`, option, otherwise)
  const port = number('port', values.port, 'SANDBOX_PORT', 3400)
  if (port > 65_535) throw new Error(`端口最大 65535，现在是 ${port}。The port is at most 65535.`)
  return {
    port,
    host: values.host || env.SANDBOX_HOST || '127.0.0.1',
    seed: number('seed', values.seed, 'SANDBOX_SEED', 1),
    ordersPerMinute: number('orders', values.orders, 'SANDBOX_ORDERS_PER_MINUTE', 6),
    dataFolder: values.data || env.SANDBOX_DATA || null,
    snapshotFile: values.snapshot,
    json: values.json ?? false,
    help: values.help ?? false,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        seed: { type: 'string' },
        orders: { type: 'string' },
        data: { type: 'string' },
        snapshot: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error })
  }
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`${name} 必须是整数，现在是 "${text}"。${name} must be a whole number.`)
  return value
}
