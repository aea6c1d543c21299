import { existsSync, statSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectors } from '../../connectors/index.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { refundApproval } from '../../playbooks/refund-review/approval.ts'
import { anchors, codeBlocks, codeCells, documents, folderOf, links, read, root } from './read-markdown.ts'

const readmes = ['README.md', 'README.zh-CN.md']
const scripts = Object.keys(packageFile.scripts)
const variable = /^[A-Z][A-Z_]+$/

const withoutComments = (code: string) =>
  code
    .split('\n')
    .filter((line) => !/^\s*(#|\/\/)/.test(line))
    .join('\n')

describe.each(documents())('%s', (path) => {
  const text = read(path)

  it('links to files and headings that exist', () => {
    const broken = links(text)
      .filter((target) => !/^(https?|mailto):/.test(target))
      .filter((target) => {
        const [file = '', anchor] = decodeURIComponent(target).split('#')
        const full = file === '' ? path : normalize(join(folderOf(path), file))
        if (!existsSync(join(root, full))) return true
        return anchor !== undefined && full.endsWith('.md') && !anchors(read(full)).has(anchor)
      })
    expect(broken).toEqual([])
  })

  it('names npm scripts that exist', () => {
    const named = [...text.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, word]) => run ?? word,
    )
    expect(named.filter((name) => name !== undefined && !scripts.includes(name))).toEqual([])
  })

  it('names files and folders of the project that exist', () => {
    const code = [
      ...text.matchAll(
        /`((?:src|connectors|bitable-schemas|cards|playbooks|sandbox|test|bench|docs|bin|migrations)\/[\w./-]*)`/g,
      ),
    ]
    const missing = code.map(([, named = '']) => named).filter((named) => !existsSync(join(root, named)))
    expect(missing).toEqual([])
  })
})

describe.each(readmes)('%s', (path) => {
  const text = read(path)

  it('explains exactly the variables of .env.example', () => {
    const example = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    expect([...new Set(codeCells(text, variable))].sort()).toEqual([...example].sort())
  })

  it('shows every default of .env.example as it is', () => {
    const example = new Map(
      [...read('.env.example').matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
    )
    for (const [name, value] of example) {
      const row = new RegExp(`^\\| \`${name}\` \\| ([^|]*)\\|`, 'm').exec(text)?.[1] ?? ''
      expect({ name, row: row.trim() }).toEqual({ name, row: `\`${value}\`` })
    }
  })

  it('has a map of folders that exist', () => {
    const folders = codeCells(text, /\/$/)
    expect(folders.length).toBeGreaterThan(8)
    for (const folder of folders)
      expect({ folder, is: statSync(join(root, folder)).isDirectory() }).toEqual({ folder, is: true })
  })
})

it('both READMEs have the same variables, commands, folders and code', () => {
  const [english = '', chinese = ''] = readmes.map(read)
  expect(codeCells(chinese, /./)).toEqual(codeCells(english, /./))
  for (const language of ['sh', 'ini', 'ts'])
    expect(codeBlocks(chinese, language).map(withoutComments)).toEqual(
      codeBlocks(english, language).map(withoutComments),
    )
})

it('documents that exist in both languages have the same commands', () => {
  for (const path of documents().filter((one) => one.startsWith('docs/zh-CN/'))) {
    const english = path.replace('docs/zh-CN/', 'docs/')
    for (const language of ['sh', 'ini', 'nginx'])
      expect({ path, code: codeBlocks(read(path), language).map(withoutComments) }).toEqual({
        path,
        code: codeBlocks(read(english), language).map(withoutComments),
      })
  }
})

it.each(['docs/connect-feishu.md', 'docs/zh-CN/connect-feishu.md'])(
  'the approval recipe of %s names every widget with its type and custom id',
  (path) => {
    const text = read(path)
    for (const widget of Object.values(refundApproval.widgets)) {
      const row =
        text.split('\n').find((line) => line.startsWith(`| ${widget.name} `)) ?? `no row for ${widget.name}`
      expect(row).toContain(`\`${widget.type}\``)
      expect(row).toContain(`\`${widget.customId}\``)
    }
  },
)

it('the example of huiliu.config.ts in the README is one the connectors accept', async () => {
  const { parseInstallation, resolveShops, resolveSystems } = await import(
    '#src/config/resolve-installation.ts'
  )
  const code = codeBlocks(read('README.md'), 'ts')[0] ?? ''
  const literal = /defineInstallation\(([\s\S]*)\)\s*$/.exec(code)?.[1] ?? ''
  const installation = new Function(`return (${literal})`)()
  const { parsed, problems } = parseInstallation(installation)
  expect(problems).toEqual([])
  expect(Object.keys(parsed.approvals)).toEqual([refundApproval.id])
  const present = new Map(
    ['DOUYIN_SHOP_APP_KEY', 'DOUYIN_SHOP_APP_SECRET', 'JUSHUITAN_APP_KEY', 'JUSHUITAN_APP_SECRET'].map(
      (name) => [name, 'x'],
    ),
  )
  const systems = resolveSystems(parsed, present)
  const accepts = (connector: string, config: unknown) =>
    connectors.find((one) => one.id === connector)?.config.safeParse(config).success
  for (const shop of resolveShops(parsed, systems, present)) {
    expect(accepts(shop.connector, shop.config)).toBe(true)
    const erp = systems.find((system) => system.id === shop.erpSystem)
    expect(accepts(erp?.connector ?? '', erp?.config)).toBe(true)
  }
})
