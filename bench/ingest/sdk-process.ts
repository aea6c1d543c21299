/** The official SDK's dispatcher behind Fastify: it verifies and decrypts, and keeps nothing. */
import { EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk'
import Fastify from 'fastify'
import { serve } from '../kit/child.ts'
import { keys } from './signed-event.ts'

const dispatcher = new EventDispatcher({ ...keys, loggerLevel: LoggerLevel.error }).register({
  'im.chat.updated_v1': async () => ({}),
})
const app = Fastify()
app.post('/feishu/events', async (request) => {
  // As the SDK's own adapters hand a request over.
  const data = Object.assign(Object.create({ headers: request.headers }), request.body)
  return (await dispatcher.invoke(data)) ?? {}
})
const address = await app.listen({ port: 0, host: '127.0.0.1' })
serve({ port: () => Number(new URL(address).port) }, () => app.close())
