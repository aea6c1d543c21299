/** Kills the product again and again while orders, claims and refunds flow, then compares both worlds. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { actOnce, decideAll } from './acts.ts'
import { judgeBacklog, readBacklog } from './backlog.ts'
import { type Book, openBook } from './book.ts'
import { drawFaults } from './faults.ts'
import { judge } from './judge.ts'
import {
  answersWithin,
  endLeftDatabase,
  freePort,
  type Ground,
  pause,
  productData,
  productUrl,
  type Running,
  sandboxUrl,
  startProduct,
  startSandboxProcess,
} from './processes.ts'
import { createLuck, type Luck, roundSeed } from './random.ts'
import { connectWorld, type Effects, type Staff, type World } from './world.ts'

export interface CrashOptions {
  rounds: number
  seed: number
  /** Folder for everything this run writes; reachable by the OS user of the database. */
  dir: string
  /** How long the product may take to settle once nothing fails any more. */
  settleWithinMs: number
  say(line: string): void
}

export interface CrashReport {
  book: Book
  /** What is not as it must be; empty when everything happened exactly once. */
  violations: string[]
  kills: { running: number; starting: number }
  settledAfterMs: number
}

interface Theatre {
  options: CrashOptions
  ground: Ground
  world: World
  staff: readonly Staff[]
  book: Book
  product: Running | undefined
  isUp: boolean
}

const startWithinMs = 60_000
const readyWithinMs = 5_000
/** Beyond every repair by reading that is due within minutes: what is still wrong then stays wrong. */
const hopelessMs = 90_000
const sayEveryMs = 5_000
const shortestMs = 100
const longestMs = 2_500

/** People act until told to stop; nobody waits for anybody, as in life. */
function liveOn(theatre: Theatre, luck: Luck): { stop(): Promise<void> } {
  let going = true
  const failures: unknown[] = []
  const { world, book, staff } = theatre
  const run = async () => {
    const open: Promise<void>[] = []
    while (going) {
      const seen = await world.effects()
      for (let n = luck.int(1, 3); n > 0 && going; n--) {
        const act = actOnce({ world, book, luck, staff, seen, isUp: () => theatre.isUp })
        open.push(act.catch((error: unknown) => void failures.push(error)))
        await pause(luck.int(50, 500))
      }
    }
    await Promise.all(open)
  }
  const ended = run()
  return {
    stop: async () => {
      going = false
      await ended
      if (failures.length > 0) throw new AggregateError(failures, 'acts failed')
    },
  }
}

/** Starts the product and kills it at a drawn moment: while it runs, or (one in five) while it starts. */
async function killOnce(theatre: Theatre, luck: Luck): Promise<'running' | 'starting'> {
  const starting = luck.chance(0.2)
  const after = luck.int(shortestMs, longestMs)
  const product = startProduct(theatre.ground)
  theatre.product = product
  const url = productUrl(theatre.ground)
  if (!starting && !(await answersWithin(`${url}/healthz`, startWithinMs, product))) {
    throw new Error(`the product (pid ${product.pid}) did not start again`)
  }
  // Working, presses included; the faults of the round may keep it from that.
  if (!starting) await answersWithin(`${url}/readyz`, readyWithinMs, product)
  theatre.isUp = !starting
  await pause(after)
  if (!product.isRunning()) throw new Error('the product ended before it was killed')
  await product.end('SIGKILL')
  theatre.isUp = false
  return starting ? 'starting' : 'running'
}

async function playRound(theatre: Theatre, round: number): Promise<'running' | 'starting'> {
  const seed = roundSeed(theatre.options.seed, round)
  const luck = createLuck(seed)
  const faults = drawFaults(luck)
  await theatre.world.setFaults(faults)
  const people = liveOn(theatre, createLuck(seed + 1))
  try {
    const how = await killOnce(theatre, luck)
    const named = faults.map((fault) => `${fault.kind}:${fault.family ?? 'events'}`).join(' ')
    theatre.options.say(`round ${round} seed ${seed} killed while ${how} · ${named}`)
    return how
  } finally {
    await people.stop()
  }
}

async function problemsNow(theatre: Theatre, effects?: Effects): Promise<string[]> {
  const backlog = judgeBacklog(await readBacklog(productUrl(theatre.ground)))
  return [...backlog, ...judge(theatre.book, effects ?? (await theatre.world.effects()))]
}

async function startUntilReady(theatre: Theatre): Promise<void> {
  const product = startProduct(theatre.ground)
  theatre.product = product
  if (await answersWithin(`${productUrl(theatre.ground)}/readyz`, startWithinMs, product)) return
  throw new Error('the product does not become ready')
}

/**
 * The installation itself is killed first: the database being made, the base being created. Nobody orders anything
 * yet, because what is older than the installation is history and gets no card.
 */
async function install(theatre: Theatre): Promise<void> {
  const luck = createLuck(roundSeed(theatre.options.seed, 0))
  for (let kills = 0; kills < 2; kills++) {
    const product = startProduct(theatre.ground)
    theatre.product = product
    await pause(luck.int(500, 6_000))
    await product.end('SIGKILL')
  }
  await startUntilReady(theatre)
  for (let waited = 0; waited < startWithinMs; waited += 500) {
    if ((await problemsNow(theatre)).length === 0) break
    await pause(500)
  }
  await theatre.product?.end('SIGKILL')
}

const replaceSets = (_key: string, value: unknown) =>
  value instanceof Map || value instanceof Set ? [...value] : value

/** No more faults, no more kills: everything open is decided, and the product gets its time. */
async function settle(theatre: Theatre): Promise<{ violations: string[]; tookMs: number }> {
  const { world, book, staff, options } = theatre
  await world.setFaults([])
  await writeFile(join(options.dir, 'book.json'), JSON.stringify(book, replaceSets, 1))
  await startUntilReady(theatre)
  const luck = createLuck(options.seed)
  const startedAt = Date.now()
  const tookMs = () => Date.now() - startedAt
  let violations: string[] = []
  let changedAt = startedAt
  let saidAt = 0
  do {
    await pause(500)
    const seen = await world.effects()
    await decideAll({ world, book, luck, staff, seen })
    const found = await problemsNow(theatre, seen)
    if (found.join() !== violations.join()) {
      changedAt = Date.now()
      if (found.length > 0 && tookMs() - saidAt > sayEveryMs) {
        saidAt = tookMs()
        options.say(`${tookMs()} ms: ${found.length} left, first: ${found[0]}`)
      }
    }
    violations = found
  } while (
    violations.length > 0 &&
    tookMs() < options.settleWithinMs &&
    (Date.now() - changedAt < hopelessMs || violations.some((one) => one.startsWith('backlog')))
  )
  return { violations, tookMs: tookMs() }
}

/** Another start and a few pulls later nothing may have happened a second time. */
async function startOnceMore(theatre: Theatre): Promise<string[]> {
  await theatre.product?.end('SIGTERM')
  await startUntilReady(theatre)
  await pause(4_000)
  let problems = await problemsNow(theatre)
  for (let waited = 0; problems.length > 0 && waited < startWithinMs; waited += 1_000) {
    await pause(1_000)
    problems = await problemsNow(theatre)
  }
  return problems.map((problem) => `after a clean restart: ${problem}`)
}

async function play(theatre: Theatre): Promise<CrashReport> {
  await install(theatre)
  const kills = { running: 0, starting: 0 }
  for (let round = 1; round <= theatre.options.rounds; round++) kills[await playRound(theatre, round)] += 1
  const { violations, tookMs } = await settle(theatre)
  const late = violations.length === 0 ? await startOnceMore(theatre) : []
  return { book: theatre.book, violations: [...violations, ...late], kills, settledAfterMs: tookMs }
}

/** Runs the whole crash test; every process it starts has ended when this resolves or rejects. */
export async function runCrash(options: CrashOptions): Promise<CrashReport> {
  const [sandboxPort, productPort] = [await freePort(), await freePort()]
  const ground: Ground = { dir: options.dir, seed: options.seed, sandboxPort, productPort }
  await mkdir(productData(ground), { recursive: true })
  const sandbox = startSandboxProcess(ground)
  const world = connectWorld(sandboxUrl(ground))
  let theatre: Theatre | undefined
  try {
    if (!(await answersWithin(`${sandboxUrl(ground)}/_control/state`, startWithinMs, sandbox))) {
      throw new Error('the sandbox did not start')
    }
    theatre = {
      options,
      ground,
      world,
      staff: await world.staff(),
      book: openBook(),
      product: undefined,
      isUp: false,
    }
    return await play(theatre)
  } finally {
    await theatre?.product?.end('SIGTERM')
    await sandbox.end('SIGTERM')
    await endLeftDatabase(ground)
  }
}
