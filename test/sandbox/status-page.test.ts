import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { startCore } from './kernel-sandbox.ts'
import { startWorld } from './world-sandbox.ts'

const page = async (url: string, path = '/plain') => {
  const response = await fetch(`${url}${path}`)
  return { policy: response.headers.get('content-security-policy') ?? '', text: await response.text() }
}

it('the front page shows people, groups, bases and approvals of a fresh world, and that no product is connected', async () => {
  const world = await startWorld()
  const { text } = await page(world.url)
  for (const shown of ['林小夏', '海岛假期旗舰店 订单群', '退款审批', '汇流没有连接', '下十单', 'ERP 退款'])
    expect(text).toContain(shown)
})

it('what people and channels wrote is shown as text, whatever it looks like', async () => {
  const core = await startCore()
  core.chat.name = '<script>alert(1)</script>"群'
  const content = '**<img src=x onerror=alert(2)>** [点我](javascript:alert(3)) &#60;b&#62;'
  const sent = await core.sendCard({
    schema: '2.0',
    header: { title: { tag: 'plain_text', content: '</strong><script>alert(4)</script>' } },
    body: { elements: [{ tag: 'markdown', content }] },
  })
  expect(sent.code).toBe(0)
  const { text } = await page(core.url, '/plain?live=1')
  expect(text).toContain('&#60;img src=x onerror=alert(2)&#62;')
  expect(text).not.toMatch(/<script|<img|<b>&#60;b|href="javascript/)
})

it('the page runs its own script and style only', async () => {
  const core = await startCore()
  const { text, policy } = await page(core.url)
  const hashOf = (tag: string) => {
    const content = new RegExp(`<${tag}>([\\s\\S]*)</${tag}>`).exec(text)?.[1] ?? ''
    return createHash('sha256').update(content).digest('base64')
  }
  expect(policy).toContain(`script-src 'sha256-${hashOf('script')}'`)
  expect(policy).toContain(`style-src 'sha256-${hashOf('style')}'`)
  expect(text).not.toMatch(/ (style|on[a-z]+)="/)
})

it('every button of the page names a control path that exists and takes its body', async () => {
  const world = await startWorld()
  await world.control('channels/douyin-shop/orders', { count: 2 })
  const { text } = await page(world.url)
  const buttons = [...text.matchAll(/data-post="([^"]+)" data-body="([^"]*)"/g)]
  expect(buttons.length).toBeGreaterThanOrEqual(7)
  for (const [, path = '', body = ''] of buttons) {
    const given = JSON.parse(body.replaceAll('&#34;', '"'))
    expect({ path, status: (await world.control(path, given)).status }).toEqual({ path, status: 200 })
  }
})

it('every fault the page offers is one the sandbox knows', async () => {
  const world = await startWorld()
  const { text } = await page(world.url)
  const offered = [...text.matchAll(/<option value="(\{[^"]*\})"/g)].map(([, one = '']) => one)
  expect(offered.length).toBeGreaterThan(10)
  for (const fault of offered) {
    const given = JSON.parse(fault.replaceAll('&#34;', '"'))
    expect({ fault, status: (await world.control('faults', given)).status }).toEqual({ fault, status: 200 })
  }
})
