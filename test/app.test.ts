import { Agent, get, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { buildApp } from '#src/app.ts'
import { systemClock } from '#src/clock.ts'
import { silentLogger } from '#src/log.ts'

test('a stop while a request is answered: it gets its answer, and its connection does not hold the stop up', async () => {
  const entered = Promise.withResolvers<void>()
  const stopping = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<string>()
  const app = buildApp({
    log: silentLogger,
    clock: systemClock,
    plugins: [
      (scope) => {
        scope.addHook('preClose', async () => stopping.resolve())
        scope.get('/slow', async () => {
          entered.resolve()
          return answer.promise
        })
      },
    ],
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    get(`${address}/slow`, { agent }, resolve).on('error', reject)
  })
  await entered.promise
  const stopped = app.close()
  await stopping.promise
  answer.resolve('done')
  const { statusCode, headers } = await response
  expect({ statusCode, connection: headers.connection }).toEqual({ statusCode: 200, connection: 'close' })
  await stopped
  agent.destroy()
})
