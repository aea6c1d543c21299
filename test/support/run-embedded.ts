/**
 * A Huiliu that does nothing but keep its database: started as a process of its own by the tests, so that it can be
 * killed. Says `ready {url, adopted}`, or `failed <code>`, as a line on standard output.
 */
import { startEmbedded } from '#src/db/embedded/server.ts'
import { toAppError } from '#src/errors.ts'

const [dataDir = '', sharedFolder] = process.argv.slice(2)
const say = (message: string) => console.error(message)

try {
  const server = await startEmbedded({ dataDir, say, ...(sharedFolder !== undefined && { sharedFolder }) })
  console.log(`ready ${JSON.stringify({ url: server.url, adopted: server.adopted })}`)
  const end = () => {
    clearInterval(alive)
    server.stop().then(
      () => console.log('stopped'),
      (error: unknown) => console.log(`failed ${String(error)}`),
    )
  }
  const alive = setInterval(() => undefined, 60_000)
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
} catch (error) {
  console.log(`failed ${toAppError(error).code}`)
}
