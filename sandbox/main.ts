/**
 * The sandbox as its own process: `npm run sandbox -- --help` tells the options and their environment variables.
 * SANDBOX_FOLLOW_PARENT=1: stop when standard input closes. `--json` prints one line when ready: {"url","worldId","appId"}.
 */
import { readFileSync } from 'node:fs'
import { ApiFailure } from './kernel/types.ts'
import { type Options, readOptions, usage } from './options.ts'
import { buildSandbox } from './server.ts'

const options = attempt(() => readOptions(process.argv.slice(2), process.env))
if (options.help) {
  console.log(usage)
  process.exit(0)
}
const snapshot = options.snapshotFile === undefined ? undefined : readSnapshotFile(options.snapshotFile)
const { seed, dataFolder: statePath, ordersPerMinute } = options
const sandbox = await build()
const url = await listen(options)

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  await sandbox.close()
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
if (process.env.SANDBOX_FOLLOW_PARENT === '1') {
  process.stdin.on('end', stop)
  process.stdin.on('close', stop)
  process.stdin.resume()
}

const { worldId, appId } = sandbox.kernel.identity()
if (options.json) console.log(JSON.stringify({ url, worldId, appId }))
else console.log(`沙箱已启动：${url}（飞书、店铺、ERP）\n控制接口：${url}/_control/state`)

async function build() {
  try {
    return await buildSandbox({
      seed,
      statePath,
      settings: { ordersPerMinute },
      ...(snapshot !== undefined && { snapshot }),
    })
  } catch (error) {
    if (snapshot !== undefined) return fail(`${options.snapshotFile}: ${(error as Error).message}`)
    if (error instanceof ApiFailure) return fail(error.message)
    throw error
  }
}

async function listen({ port, host }: Options): Promise<string> {
  try {
    return await sandbox.listen(port, host)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return fail(
      `端口 ${port} 已被占用（可能沙箱已在运行）。用 SANDBOX_PORT 或 --port 换一个端口。Port ${port} is in use.`,
    )
  }
}

function readSnapshotFile(file: string): unknown {
  const text = attempt(() => readFileSync(file, 'utf8'))
  try {
    return JSON.parse(text)
  } catch {
    return fail(`${file}: 不是 JSON，读不出快照。The snapshot is not JSON.`)
  }
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    return fail((error as Error).message)
  }
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
