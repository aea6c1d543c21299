/**
 * The sandbox as its own process. SANDBOX_PORT (3400), SANDBOX_HOST (127.0.0.1), SANDBOX_DATA (folder of the saved
 * world; unset: memory only), SANDBOX_SEED (1), SANDBOX_ORDERS_PER_MINUTE (6, of a new world), SANDBOX_FOLLOW_PARENT=1 (stop when standard input closes).
 * `--json` prints one line when ready: {"url","worldId","appId"}.
 */
import { buildSandbox } from './server.ts'

const {
  SANDBOX_PORT,
  SANDBOX_HOST,
  SANDBOX_DATA,
  SANDBOX_SEED,
  SANDBOX_ORDERS_PER_MINUTE,
  SANDBOX_FOLLOW_PARENT,
} = process.env

const port = wholeNumber('SANDBOX_PORT', SANDBOX_PORT, 3400)
const seed = wholeNumber('SANDBOX_SEED', SANDBOX_SEED, 1)
const ordersPerMinute = wholeNumber('SANDBOX_ORDERS_PER_MINUTE', SANDBOX_ORDERS_PER_MINUTE, 6)
const sandbox = await buildSandbox({ seed, statePath: SANDBOX_DATA || null, settings: { ordersPerMinute } })
let url: string
try {
  url = await sandbox.listen(port, SANDBOX_HOST || '127.0.0.1')
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
  fail(`端口 ${port} 已被占用（可能沙箱已在运行）。用 SANDBOX_PORT 换一个端口。Port ${port} is in use.`)
}

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  await sandbox.close()
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
if (SANDBOX_FOLLOW_PARENT === '1') {
  process.stdin.on('end', stop)
  process.stdin.on('close', stop)
  process.stdin.resume()
}

const { worldId, appId } = sandbox.kernel.identity()
if (process.argv.includes('--json')) console.log(JSON.stringify({ url, worldId, appId }))
else console.log(`沙箱已启动：${url}（飞书、店铺、ERP）\n控制接口：${url}/_control/state`)

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || (name === 'SANDBOX_PORT' && value > 65_535)) {
    fail(`${name} 必须是整数，现在是 "${text}"。${name} must be a whole number.`)
  }
  return value
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
