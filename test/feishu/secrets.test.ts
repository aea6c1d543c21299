import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { startFakePlatform } from './fake-platform.ts'

const lines: string[] = []
const log = pino(
  { level: 'trace' },
  new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) }),
)

describe('secrets', () => {
  const opened: { close(): Promise<void> }[] = []
  afterAll(() => Promise.all(opened.map((one) => one.close())))

  it('are neither in the log nor in errors, whatever goes wrong', async () => {
    const platform = await startFakePlatform({ appSecret: 'CANARY-secret', log })
    opened.push(platform)
    platform.scripts.token = () => ({
      body: { code: 0, tenant_access_token: 't-CANARY-token', expire: 7200 },
    })
    const errors: unknown[] = []
    const call = () =>
      platform.feishu.messages
        .sendText({ chatId: 'oc_1' }, 'CANARY-phone 13800000000', 'uuid', { purpose: 'test' })
        .catch((error: Error) => errors.push(error.message, error.stack, JSON.stringify(error)))
    platform.answer('reset')
    await call()
    platform.answer({ status: 500, body: 'x' })
    await call()
    platform.answer({ status: 400, body: { code: 230001, msg: 'bad' } })
    await call()
    platform.answer({ body: '<html>' })
    await call()
    platform.scripts.token = () => ({ body: { code: 10014, msg: 'bad secret' } })
    errors.push(await platform.feishu.checkCredentials().catch(String))

    expect(lines.length).toBeGreaterThan(5)
    expect(errors.length).toBeGreaterThan(10)
    expect(lines.join('\n')).not.toContain('CANARY')
    expect(errors.join('\n')).not.toContain('CANARY')
  })
})
