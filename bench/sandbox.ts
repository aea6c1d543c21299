/** The sandbox by itself: how much memory a big world takes, how many simple calls it answers, how long a save holds it up. */
import { openConnection } from './ingest/connection.ts'
import { distribution } from './kit/distribution.ts'
import { temporaryFolder } from './kit/folder.ts'
import { atLeast, atMost, type Figure } from './kit/report.ts'
import { fillMessages, fillRows } from './sandbox/fill-world.ts'
import { type RunningSandbox, startSandboxProcess } from './sandbox/own-process.ts'

const rows = 100_000
const messages = 20_000
const connections = 32
const loadMs = 8_000
const megabyte = 1024 * 1024
const simpleCalls = ['/im/v1/chats?page_size=20', '/contact/v3/users/find_by_department?department_id=0']

export async function measureSandbox(): Promise<Figure[]> {
  const folder = await temporaryFolder()
  const sandbox = await startSandboxProcess(folder.path)
  let top = 0
  const watch = setInterval(() => {
    top = Math.max(top, sandbox.rss())
  }, 500)
  try {
    const small = await load(sandbox)
    await sandbox.control('settings', { rowCap: rows })
    await fillRows(sandbox, rows)
    await fillMessages(sandbox, messages)
    const longest = await longestWhileSaving(sandbox)
    const big = await load(sandbox)
    const resident = Math.round(sandbox.rss() / megabyte)
    return [
      figure('simple calls in a new world, calls/s', small, atLeast(small, 1_000)),
      figure(`the same with ${rows} rows and ${messages} messages`, big, atLeast(big, 1_000)),
      figure('resident memory then, MB', resident, atMost(resident, 300)),
      figure('most resident memory on the way, MB', Math.round(top / megabyte)),
      figure('longest answer while a table of 20,000 rows is saved, ms', longest),
    ]
  } finally {
    clearInterval(watch)
    await sandbox.stop()
    await folder.remove()
  }
}

function figure(name: string, value: number, goal?: Figure['goal']): Figure {
  return { part: 'sandbox', name, value: String(value), ...(goal && { goal }) }
}

/** Answered calls per second; the clock is moved meanwhile, so that no rate limit is what is measured. */
async function load(sandbox: RunningSandbox): Promise<number> {
  const requests = simpleCalls.map((path) =>
    Buffer.from(
      `GET /open-apis${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${sandbox.token}\r\n\r\n`,
    ),
  )
  const endAt = performance.now() + loadMs
  let answered = 0
  const pump = async (request: Buffer) => {
    const connection = await openConnection(sandbox.port)
    while (performance.now() < endAt) if ((await connection.send(request)) === 200) answered += 1
    connection.close()
  }
  const move = async () => {
    while (performance.now() < endAt) await sandbox.control('clock', { advanceMs: 1_000 })
  }
  const pumps = Array.from({ length: connections }, (_, index) =>
    pump(requests[index % requests.length] as Buffer),
  )
  await Promise.all([...pumps, move()])
  return Math.round(answered / (loadMs / 1000))
}

/** One row of a big table changes, which saves the whole table; meanwhile something small is asked again and again. */
async function longestWhileSaving(sandbox: RunningSandbox): Promise<number> {
  const { bases } = await sandbox.control<{ bases: { app_token: string; tables: { table_id: string }[] }[] }>(
    'state',
  )
  const base = bases.at(-1)
  const path = `/bitable/v1/apps/${base?.app_token}/tables/${base?.tables.at(-1)?.table_id}/records`
  await sandbox.api('POST', path, { fields: { 订单号: '1' } })
  const waits: number[] = []
  const endAt = performance.now() + 3_000
  while (performance.now() < endAt) {
    const startedAt = performance.now()
    await sandbox.control('clock')
    waits.push(performance.now() - startedAt)
  }
  return Math.round(distribution(waits).max)
}
