import * as lark from '@larksuiteoapi/node-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasScope, removeScopes } from '../../sandbox/feishu/application/scopes.ts'
import { addUser } from '../../sandbox/feishu/contact/index.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { type Loose, silent } from './kernel-sandbox.ts'

/** The SDK always asks `https://<domain>`; the sandbox speaks plain HTTP on this machine. */
function speakPlainlyTo(host: string): () => void {
  const { request } = (lark.defaultHttpInstance as Loose).interceptors
  const id = request.use((config: { url?: string }) => ({
    ...config,
    url: config.url?.replace(`https://${host}`, `http://${host}`),
  }))
  return () => request.eject(id)
}

describe('one-scan registration with the SDK’s own registerApp', () => {
  let sandbox: Sandbox
  let url: string
  let quiet: () => void
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 5, statePath: null })
    url = await sandbox.listen(0)
    quiet = speakPlainlyTo(new URL(url).host)
    await post('/_control/oauth/registration', { interval: 0.05 })
  })
  afterAll(async () => {
    quiet()
    await sandbox.close()
  })

  const post = (path: string, body: unknown) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  /** Somebody scans the code and answers. */
  async function scan(address: string, accept: boolean): Promise<void> {
    const query = Object.fromEntries(new URL(address).searchParams)
    const person = addUser(sandbox.kernel, { name: '扫码的人' })
    await post('/_web/device/answer', { query, open_id: person.open_id, accept })
  }
  const register = (onScan: (address: string) => void, more: Loose = {}) =>
    lark.registerApp({
      domain: new URL(url).host,
      onQRCodeReady: ({ url: address }: { url: string }) => onScan(address),
      ...more,
    } as Loose) as Promise<Loose>

  it('gives the program the app’s credentials once a person has confirmed, with the scopes it asked for', async () => {
    const { kernel } = sandbox
    removeScopes(kernel, 'tenant', ['im:message', 'task:task:write'])
    const statuses: string[] = []
    const result = await register((address) => void scan(address, true), {
      addons: { scopes: { tenant: ['im:message', 'moon:walk'] } },
      appPreset: { name: '我的汇流' },
      onStatusChange: ({ status }: { status: string }) => statuses.push(status),
    })
    const { appId, appSecret, botName } = kernel.identity()
    expect(result).toMatchObject({
      client_id: appId,
      client_secret: appSecret,
      user_info: { tenant_brand: 'feishu' },
    })
    expect(botName).toBe('我的汇流')
    expect(hasScope(kernel, 'im:message')).toBe(true)
    expect(hasScope(kernel, 'task:task:write')).toBe(false)
    const client = new lark.Client({ appId, appSecret, domain: url, logger: silent })
    expect((await client.application.v6.scope.list({})).code).toBe(0)
  })

  it('fails with access_denied when the person declines', async () => {
    await expect(register((address) => void scan(address, false))).rejects.toMatchObject({
      code: 'access_denied',
    })
  })

  it('stops at once when the program gives up', async () => {
    const controller = new AbortController()
    await expect(register(() => controller.abort(), { signal: controller.signal })).rejects.toMatchObject({
      code: 'abort',
    })
  })

  it('shows that an app to be updated is not of this world', async () => {
    const address = await new Promise<string>((resolve) => {
      const controller = new AbortController()
      register(
        (ready) => {
          controller.abort()
          resolve(ready)
        },
        { appId: 'cli_00000000000000ff', signal: controller.signal },
      ).catch(() => undefined)
    })
    const answer = await fetch(`${url}/_web/device/request${new URL(address).search}`)
    expect(answer.status).toBe(404)
  })
})
