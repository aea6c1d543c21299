import { onTestFinished } from 'vitest'
import { systemClock } from '#src/clock.ts'
import { createFeishu } from '#src/feishu/create-feishu.ts'
import { createLimits } from '#src/limits/create-limits.ts'
import { silentLogger } from '#src/log.ts'
import { buildSandbox } from '../../sandbox/server.ts'

interface Person {
  open_id: string
  user_id: string
  name: string
}

interface World {
  users: Person[]
  chats: { chat_id: string; name: string }[]
  approvals: { approval_code: string; name: string }[]
}

/** The whole sandbox, listening, and our client connected to it; both end with the test. */
export async function startSandbox() {
  const sandbox = await buildSandbox({ seed: 7, settings: { ordersPerMinute: 0 } })
  const baseUrl = await sandbox.listen(0)
  const { appId, appSecret } = sandbox.kernel.identity()
  const feishu = createFeishu({
    baseUrl,
    appId,
    appSecret,
    clock: systemClock,
    log: silentLogger,
    limits: createLimits({ database: null, clock: systemClock }),
    usage: { count: () => undefined },
  })
  onTestFinished(async () => {
    await feishu.close()
    await sandbox.close()
  })
  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${baseUrl}/_control/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const world = (await control('state')) as World
  const person = world.users[0]
  const chat = world.chats[0]
  const approval = world.approvals[0]
  if (!person || !chat || !approval) throw new Error('the sandbox is empty')
  return { sandbox, baseUrl, appId, appSecret, feishu, control, world, person, chat, approval }
}

export const testPurpose = { purpose: 'test' }
