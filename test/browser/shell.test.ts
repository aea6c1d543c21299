import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { browserPath, useBrowser } from '../support/browser.ts'

describe.skipIf(browserPath === undefined)('the browser client', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  it('opens at its first address, says that this is demo data, and lets one change who one is', async () => {
    const { page, complaints } = await browser.open(`${url}/messenger`)
    await page.getByText('演示数据').waitFor()
    await page.getByRole('button', { name: '切换身份' }).click()
    await page.locator('[data-person="王岚"]').click()
    await expect.poll(() => page.getByRole('button', { name: '切换身份' }).textContent()).toContain('王岚')
    await page.reload()
    await expect.poll(() => page.getByRole('button', { name: '切换身份' }).textContent()).toContain('王岚')
    expect(complaints).toEqual([])
  })

  it('speaks English when asked', async () => {
    const { page } = await browser.open(`${url}/messenger`)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByText('Demo data').waitFor()
  })

  it('keeps the platform strict: an unknown API address is no page', async () => {
    const answer = await fetch(`${url}/open-apis/nothing`, { headers: { accept: 'text/html' } })
    expect(answer.status).toBe(404)
  })

  it('fits a phone without scrolling sideways', async () => {
    const { page } = await browser.open(`${url}/messenger`, { phone: true })
    await page.getByText('演示数据').waitFor()
    const { scrollWidth, clientWidth } = (await page.evaluate(
      '({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })',
    )) as { scrollWidth: number; clientWidth: number }
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
  })
})
