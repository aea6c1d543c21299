/** A real Chromium for tests of pages. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { builtClient } from '../../sandbox/web/client-files.ts'

const places = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The installed browser; undefined: tests of pages are skipped (CI always has one). */
export const browserPath = places.find((path) => path !== '' && existsSync(path))

if (browserPath === undefined && process.env.CI === 'true')
  throw new Error('CI needs Chromium: install the package chromium, or set CHROMIUM_PATH')

export const desktop = { width: 1360, height: 860 }
export const phone = { width: 390, height: 844 }

export interface OpenPage {
  page: Page
  /** What the page complained about: console errors, uncaught errors, refused resources. */
  complaints: string[]
}

export interface Pages {
  /**
   * A fresh browser profile on an address. `person` (open_id) is played from the start; `seen: false` shows what a
   * first visitor sees (the tour).
   */
  open(
    url: string,
    options?: { phone?: boolean; person?: string; language?: 'zh' | 'en'; seen?: boolean },
  ): Promise<OpenPage>
}

/** A browser for this test file. A picture of every page is kept when a test fails. */
export function useBrowser(): Pages {
  let browser: Browser | undefined
  let opened: { context: BrowserContext; page: Page }[] = []
  vi.setConfig({ testTimeout: 120_000 })
  beforeAll(async () => {
    if (builtClient() === undefined) throw new Error('The browser client is not built: node web/build.ts')
    browser = await chromium.launch({
      executablePath: browserPath ?? '',
      // Without a UTF-8 locale Chromium calls every download with a Chinese name `download`.
      env: { ...process.env, LANG: 'C.UTF-8' },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--no-first-run',
      ],
    })
  }, 60_000)
  afterEach(async (test) => {
    const pages = opened
    opened = []
    for (const [index, { context, page }] of pages.entries()) {
      if (test.task.result?.state === 'fail') await keepPicture(page, `${test.task.name}-${index}`)
      await context.close()
    }
  })
  afterAll(() => browser?.close())
  return {
    async open(url, options = {}) {
      if (browser === undefined) throw new Error('The browser is only there inside hooks and tests')
      const context = await browser.newContext({
        viewport: options.phone ? phone : desktop,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce',
        ...(options.phone && { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
      })
      context.setDefaultTimeout(30_000)
      await context.addInitScript(rememberChoices, {
        person: options.person ?? '',
        language: options.language ?? 'zh',
        seen: options.seen ?? true,
      })
      const page = await context.newPage()
      opened.push({ context, page })
      const complaints = watch(page)
      await page.goto(url)
      return { page, complaints }
    },
  }
}

/** Runs in the page before its own code: what a returning visitor's browser remembers. */
function rememberChoices(choices: { person: string; language: string; seen: boolean }): void {
  const storage = (
    globalThis as unknown as {
      localStorage: { getItem(k: string): string | null; setItem(k: string, v: string): void }
    }
  ).localStorage
  if (storage.getItem('huiliu-test') !== null) return
  storage.setItem('huiliu-test', 'set')
  if (choices.person !== '') storage.setItem('huiliu-sandbox-person', choices.person)
  storage.setItem('huiliu-sandbox-language', choices.language)
  if (choices.seen) storage.setItem('huiliu-sandbox-tour', 'seen')
}

function watch(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../../data/test-pictures')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name.replace(/[^\p{L}\p{N}-]+/gu, '-').slice(0, 80)}.png`)
  await page.screenshot({ path: file, fullPage: true }).catch(() => undefined)
}
