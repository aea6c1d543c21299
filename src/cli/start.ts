import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '#src/clock.ts'
import { type Config, type FeishuConfig, readConfig } from '#src/config.ts'
import type { Person } from '#src/contracts/playbook.ts'
import { eraseEmbedded } from '#src/db/embedded/server.ts'
import { followSandboxClock, type SandboxClock } from '#src/demo/sandbox-clock.ts'
import { type SandboxProcess, startSandbox, stopLeftover } from '#src/demo/sandbox-process.ts'
import { fetchWorldState, worldFrom } from '#src/demo/world.ts'
import { AppError } from '#src/errors.ts'
import { createLogger, type Logger } from '#src/log.ts'
import { createMachine } from '#src/machine/machine.ts'
import { checkWorld } from '#src/machine/seed.ts'
import { loadSecretKey } from '#src/secrets/secret-key.ts'
import { content, demo, installation, sandboxEntry, version } from '../main.ts'
import { connectEvents, connectPushes } from './connect-pushes.ts'
import { type OpenedDatabase, openForStart } from './open-database.ts'
import { stopOnSurprise } from './stop-on-surprise.ts'
import { welcome } from './welcome.ts'

const livePollSeconds = 30
const sandboxDir = (config: Config) => join(config.dataDir, 'sandbox')

export interface StartOptions {
  reset: boolean
}

interface Connected {
  config: Config & { feishu: FeishuConfig }
  people: readonly Person[]
}

async function reset(config: Config, say: (message: string) => void): Promise<void> {
  if (config.mode !== 'demo')
    throw new AppError('reset_refused', '--reset is for mode demo only. --reset 只用于演示模式。')
  await stopLeftover(sandboxDir(config))
  await eraseEmbedded({ dataDir: config.dataDir, say })
  await rm(sandboxDir(config), { recursive: true, force: true })
}

/** In demo the sandbox says everything; in trial it plays the shops and the ERP beside the real Feishu. */
async function connectWorld(
  config: Config,
  sandbox: SandboxProcess | undefined,
  database: OpenedDatabase,
): Promise<Connected> {
  if (sandbox === undefined) return { config: { ...config, feishu: requireFeishu(config) }, people: [] }
  const world = worldFrom(sandbox.baseUrl, await fetchWorldState(sandbox.baseUrl), demo)
  await checkWorld(database.database, world.worldId, Date.now())
  if (config.mode === 'demo') {
    const feishu = { ...world.config.feishu, transport: config.transport }
    return { config: { ...config, ...world.config, feishu }, people: world.people }
  }
  const { systems, shops } = world.config
  // The sandbox's groups do not exist in the real Feishu: everything goes to the operations chat until groups are chosen.
  const feishu = requireFeishu(config)
  const chatId = feishu.operationsChat
  const trialShops = shops.map(({ chatId: _, ...shop }) => ({
    ...shop,
    ...(chatId === undefined ? {} : { chatId }),
  }))
  return { config: { ...config, feishu, systems, shops: trialShops }, people: [] }
}

function requireFeishu(config: Config): FeishuConfig {
  if (config.feishu !== undefined) return config.feishu
  throw new AppError('config_invalid', `Mode ${config.mode} needs the FEISHU_ variables`)
}

function endsOn(signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve())
  })
}

/** `huiliu start`: everything, until Ctrl-C. */
export async function start(options: StartOptions): Promise<void> {
  const config = readConfig(installation)
  const say = (message: string) => console.log(message)
  if (options.reset) await reset(config, say)
  const logFile = join(config.dataDir, 'huiliu.log')
  const log: Logger = createLogger({ level: config.logLevel, file: logFile })
  const ended = endsOn(['SIGINT', 'SIGTERM'])
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined)
  stopOnSurprise(log, (error) => lost.reject(error))
  const opened = await openForStart(config, { log, say, onLost: (error) => lost.reject(error) })
  let sandbox: SandboxProcess | undefined
  let clock: SandboxClock | undefined
  try {
    if (config.mode === 'demo' || config.mode === 'trial') {
      const dataDir = sandboxDir(config)
      sandbox = await startSandbox({
        entry: sandboxEntry,
        port: config.sandboxPort,
        dataDir,
        logFile: join(config.dataDir, 'sandbox.log'),
      })
    }
    const connected = await connectWorld(config, sandbox, opened)
    if (config.mode === 'demo' && sandbox !== undefined)
      clock = await followSandboxClock(sandbox.baseUrl, log)
    const machine = createMachine({
      ...connected,
      content,
      database: opened.database,
      secretKey: await loadSecretKey(config),
      pollSeconds: sandbox === undefined ? livePollSeconds : demo.pollSeconds,
      clock: clock ?? systemClock,
      log,
      version,
    })
    try {
      const address = await machine.start()
      if (sandbox !== undefined) {
        if (config.mode === 'demo') await connectEvents(sandbox.baseUrl, address, config.transport)
        await connectPushes(sandbox.baseUrl, address, connected.config.shops)
      }
      say(
        welcome({
          config: connected.config,
          address,
          sandbox: sandbox?.baseUrl,
          database: opened.label,
          logFile,
          hints: sandbox === undefined ? [] : demo.hints(sandbox.baseUrl),
        }),
      )
      await Promise.race([ended, lost.promise])
      say('正在停止… Stopping …')
    } finally {
      await machine.stop()
    }
  } finally {
    clock?.stop()
    await sandbox?.stop()
    await opened.close()
    log.flush()
  }
}
