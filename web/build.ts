/**
 * Builds the browser client when its sources are newer than the last build; says nothing otherwise. Without Vite
 * (`npm ci --omit=dev`) nothing is built and the sandbox shows its plain page.
 */
import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = dirname(fileURLToPath(import.meta.url))
const dist = join(web, 'dist')

function newest(folder: string): number {
  let latest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return latest
}

function isFresh(): boolean {
  try {
    const built = statSync(join(dist, 'index.html')).mtimeMs
    return built >= newest(web) && built >= statSync(join(web, '../package-lock.json')).mtimeMs
  } catch {
    return false
  }
}

if (!isFresh()) {
  const vite = await import('vite').catch(() => undefined)
  if (vite !== undefined) {
    console.log('正在生成网页客户端（首次约十几秒）… Building the browser client …')
    // Built aside and put in place whole: a running sandbox never serves half a client.
    const draft = mkdtempSync(join(web, '.build-'))
    try {
      await vite.build({
        configFile: join(web, 'vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: draft, emptyOutDir: true },
      })
      rmSync(dist, { recursive: true, force: true })
      chmodSync(draft, 0o755)
      renameSync(draft, dist)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  }
}
