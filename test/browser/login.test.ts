import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addUser } from '../../sandbox/feishu/contact/index.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { browserPath, useBrowser } from '../support/browser.ts'

const widths = [
  { name: 'a desktop', phone: false },
  { name: 'a phone', phone: true },
]

describe.skipIf(browserPath === undefined)('signing in to an application', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  let application: Server
  let back: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
    application = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
      response.setHeader('content-type', 'text/plain; charset=utf-8')
      response.end(
        `回到应用 code=${searchParams.has('code')} error=${searchParams.get('error')} state=${searchParams.get('state')}`,
      )
    })
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve))
    back = `http://127.0.0.1:${(application.address() as AddressInfo).port}/cb`
    await control('app', { redirectUrls: [back] })
  })
  afterAll(async () => {
    await sandbox.close()
    application.close()
  })

  const control = (path: string, body: unknown) =>
    fetch(`${url}/_control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const authorize = (more: Record<string, string> = {}) =>
    `${url}/open-apis/authen/v1/authorize?${new URLSearchParams({
      client_id: sandbox.kernel.identity().appId,
      response_type: 'code',
      redirect_uri: back,
      scope: 'contact:user.email:readonly offline_access',
      state: 'order-42',
      ...more,
    })}`

  it.each(widths)(
    'on $name: a person is chosen, sees what is asked, agrees and is sent back with a code',
    async ({ phone }) => {
      const { page, complaints } = await browser.open(authorize(), { phone })
      await page.getByRole('heading', { name: '以林小夏的身份登录 汇流助手' }).waitFor()
      await page.getByText('获取你的邮箱').waitFor()
      await page.getByRole('radio', { name: /王岚/ }).check()
      await page.getByRole('heading', { name: '以王岚的身份登录 汇流助手' }).waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await page.getByRole('button', { name: '授权并登录' }).click()
      await page.getByText('回到应用 code=true error=null state=order-42').waitFor()
      expect(complaints).toEqual([])
    },
  )

  it('sends back access_denied when the person declines', async () => {
    const { page } = await browser.open(authorize())
    await page.getByRole('button', { name: '拒绝' }).click()
    await page.getByText('回到应用 code=false error=access_denied state=order-42').waitFor()
  })

  it('says what is wrong with a request instead of sending people somewhere unknown', async () => {
    const { page } = await browser.open(authorize({ redirect_uri: 'http://127.0.0.1:1/evil' }))
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('20029')
    await page.goto(authorize({ scope: 'moon:walk' }))
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('20027')
  })

  it('shows names and states as text, whatever is written in them', async () => {
    const name = '<img src=x onerror="globalThis.hit=1">'
    const added = addUser(sandbox.kernel, { name, roles: ['operator'] })
    const { page, complaints } = await browser.open(
      authorize({ state: '"><script>globalThis.hit=1</script>' }),
    )
    await page.getByText(name).first().waitFor()
    expect(await page.evaluate('globalThis.hit')).toBeUndefined()
    expect(complaints).toEqual([])
    added.resigned = true
  })

  async function begin(): Promise<{
    device_code: string
    user_code: string
    verification_uri_complete: string
  }> {
    const body = new URLSearchParams({
      action: 'begin',
      auth_method: 'client_secret',
      request_user_info: 'open_id',
    })
    const answer = await fetch(`${url}/oauth/v1/app/registration`, { method: 'POST', body })
    return (await answer.json()) as Awaited<ReturnType<typeof begin>>
  }
  const poll = async (device_code: string) => {
    const body = new URLSearchParams({ action: 'poll', device_code })
    return (await (
      await fetch(`${url}/oauth/v1/app/registration`, { method: 'POST', body })
    ).json()) as Record<string, string>
  }

  it.each(widths)(
    'on $name: a scanned registration is confirmed and hands out the credentials',
    async ({ phone }) => {
      const started = await begin()
      const { page, complaints } = await browser.open(
        `${started.verification_uri_complete}&name=${encodeURIComponent('汇流测试')}`,
        { phone },
      )
      await page.getByRole('heading', { name: '把「汇流测试」连到你的程序' }).waitFor()
      await page.getByText(started.user_code).waitFor()
      await page.getByRole('radio', { name: /何志远/ }).check()
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await page.getByRole('button', { name: '确认创建' }).click()
      await page.getByRole('heading', { name: '应用已就绪' }).waitFor()
      expect(await poll(started.device_code)).toMatchObject({ client_id: sandbox.kernel.identity().appId })
      expect(complaints).toEqual([])
    },
  )

  it('tells the program when the person cancels, and takes a typed code', async () => {
    const started = await begin()
    const { page } = await browser.open(`${url}/device`)
    await page.getByRole('textbox', { name: '配对码' }).fill(started.user_code.toLowerCase())
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByRole('heading', { name: '已取消' }).waitFor()
    expect(await poll(started.device_code)).toMatchObject({ error: 'access_denied' })
  })

  it('does not know a code nobody began', async () => {
    const { page } = await browser.open(`${url}/device?user_code=AAAA-BBBB`)
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('没有这个配对码')
  })
})
