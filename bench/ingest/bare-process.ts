/** The ceiling: Fastify reading a JSON body and answering. */
import Fastify from 'fastify'
import { serve } from '../kit/child.ts'

const app = Fastify()
app.post('/feishu/events', async () => ({}))
const address = await app.listen({ port: 0, host: '127.0.0.1' })
serve({ port: () => Number(new URL(address).port) }, () => app.close())
