import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rules, type SourceFile, violations, withoutComments } from './import-rules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders = ['src', 'connectors', 'bitable-schemas', 'cards', 'playbooks', 'sandbox', 'web/src']

function filesOf(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

const files = folders.flatMap(filesOf)

describe('who may import whom', () => {
  it('holds in the whole tree', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(violations(files)).toEqual([])
  })

  // Canaries: each rule must catch what it forbids, or the check above is green for nothing.
  it.each([
    ['src/contracts/x.ts', "import { inbox } from '#src/db/schema/inbox.ts'"],
    ['src/inbound/x.ts', "import { douyinShop } from '../../connectors/douyin-shop/index.ts'"],
    ['src/runtime/x.ts', "export * from '#src/main.ts'"],
    ['src/cards/x.ts', "import { Client } from '@larksuiteoapi/node-sdk'"],
    ['src/cards/x.ts', "const { PgBoss } = await import('pg-boss')"],
    ['src/runtime/x.ts', 'import cron from "node-cron"'],
    ['src/intake/x.ts', "import { request } from 'undici'"],
    ['connectors/a/x.ts', "import { b } from '../b/index.ts'"],
    ['bitable-schemas/x.ts', "import { z } from 'zod'"],
    ['cards/x.ts', "import { readFile } from 'node:fs/promises'"],
    ['playbooks/a/x.ts', "import { b } from '../b/index.ts'"],
    ['web/src/base/x.tsx', "import { listUsers } from '#sandbox/feishu/contact/people.ts'"],
    ['sandbox/x.ts', "import type { Order } from '#src/contracts/canonical.ts'"],
  ])('catches a violation in %s', (path, text) => {
    expect(violations([{ path, text }])).toHaveLength(1)
  })

  it('has a canary for every rule', () => {
    expect(rules).toHaveLength(13)
  })
})

describe('where things may be read', () => {
  it('finds process.env in src only in the configuration', () => {
    const readers = files
      .filter((f) => f.path.startsWith('src/') && /\bprocess\.env\b/.test(withoutComments(f.text)))
      .map((f) => f.path)
    expect(readers).toEqual(['src/config.ts'])
  })

  it('finds no channel, ERP or playbook by name in the machine', () => {
    const named = files
      .filter((f) => f.path.startsWith('src/') && f.path !== 'src/main.ts')
      .filter((f) => /douyin|jushuitan|抖店|聚水潭|order-desk|refund-review/i.test(withoutComments(f.text)))
      .map((f) => f.path)
    expect(named).toEqual([])
  })
})

describe('the size of rooms', () => {
  it('has no source file above 350 lines', () => {
    const long = files.filter((f) => f.text.split('\n').length > 350).map((f) => f.path)
    expect(long).toEqual([])
  })
})
