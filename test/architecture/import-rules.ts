/** Who may import whom (docs/architecture.md). Pure, so that the rules themselves can be tested with violations. */
import { posix } from 'node:path'

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  path: string
  text: string
}

/** `from '…'`, `import '…'`, `import('…')` and `export … from '…'`; comments are taken out first. */
const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
}

/** What a file imports: project paths for its own files, package or node: names for others. */
export function importsOf(file: SourceFile): string[] {
  const found: string[] = []
  for (const [, , specifier] of withoutComments(file.text).matchAll(importPattern)) {
    if (specifier === undefined) continue
    if (specifier.startsWith('#src/')) found.push(`src/${specifier.slice(5)}`)
    else if (specifier.startsWith('#web/')) found.push(`web/src/${specifier.slice(5)}`)
    else if (specifier.startsWith('#sandbox/')) found.push(specifier.slice(1))
    else if (specifier.startsWith('.')) found.push(posix.join(posix.dirname(file.path), specifier))
    else found.push(`package:${specifier}`)
  }
  return found
}

const content =
  /^(connectors|bitable-schemas|cards|playbooks|sandbox|bench|test)\/|^huiliu\.(config|demo)\.ts$/
const isPackage = (target: string, name: string) =>
  target === `package:${name}` || target.startsWith(`package:${name}/`)
const isNode = (target: string) => target.startsWith('package:node:')
const inFolder = (target: string, folder: string) => target.startsWith(`${folder}/`)
const contracts = (target: string) => inFolder(target, 'src/contracts')

interface Rule {
  name: string
  applies(path: string): boolean
  allows(target: string, path: string): boolean
}

const owned = (name: string, folder: string): Rule => ({
  name: `only ${folder} imports ${name}`,
  applies: (path) => inFolder(path, 'src') && !inFolder(path, folder),
  allows: (target) => !isPackage(target, name),
})

const partOf = (path: string) => path.split('/').slice(0, 2).join('/')

export const rules: readonly Rule[] = [
  {
    name: 'contracts know only zod and each other',
    applies: (path) => inFolder(path, 'src/contracts'),
    allows: (target) => contracts(target) || isPackage(target, 'zod'),
  },
  {
    name: 'the machine names no content',
    applies: (path) => inFolder(path, 'src') && path !== 'src/main.ts',
    allows: (target) => !content.test(target),
  },
  {
    name: 'only the command line sees the composition root',
    applies: (path) => inFolder(path, 'src') && path !== 'src/cli.ts' && !inFolder(path, 'src/cli'),
    allows: (target) => target !== 'src/main.ts' && target !== 'src/cli.ts' && !inFolder(target, 'src/cli'),
  },
  owned('@larksuiteoapi/node-sdk', 'src/feishu'),
  owned('pg-boss', 'src/jobs'),
  owned('node-cron', 'src/jobs'),
  owned('undici', 'src/http'),
  {
    name: 'the browser client sees itself, packages and the shapes of the sandbox',
    applies: (path) => inFolder(path, 'web'),
    allows: (target) =>
      inFolder(target, 'web') || target.startsWith('package:') || /^sandbox\/.*shapes\.ts$/.test(target),
  },
  {
    name: 'a connector sees contracts, errors, the kit and itself',
    applies: (path) => inFolder(path, 'connectors') && path !== 'connectors/index.ts',
    allows: (target, path) =>
      contracts(target) ||
      target === 'src/errors.ts' ||
      inFolder(target, 'connectors/kit') ||
      inFolder(target, partOf(path)) ||
      isPackage(target, 'zod') ||
      isNode(target),
  },
  {
    name: 'tables see contracts and each other',
    applies: (path) => inFolder(path, 'bitable-schemas'),
    allows: (target) => contracts(target) || inFolder(target, 'bitable-schemas'),
  },
  {
    name: 'cards see contracts, row types and each other, and do no I/O',
    applies: (path) => inFolder(path, 'cards'),
    allows: (target) =>
      contracts(target) ||
      inFolder(target, 'bitable-schemas') ||
      inFolder(target, 'cards') ||
      isPackage(target, 'zod'),
  },
  {
    name: 'a playbook sees contracts, errors, tables, cards and itself',
    applies: (path) => inFolder(path, 'playbooks') && path !== 'playbooks/index.ts',
    allows: (target, path) =>
      contracts(target) ||
      target === 'src/errors.ts' ||
      inFolder(target, 'bitable-schemas') ||
      inFolder(target, 'cards') ||
      inFolder(target, partOf(path)) ||
      isPackage(target, 'zod'),
  },
  {
    name: 'the sandbox shares nothing with the product',
    applies: (path) => inFolder(path, 'sandbox'),
    allows: (target) =>
      inFolder(target, 'sandbox') ||
      isNode(target) ||
      ['fastify', '@fastify', 'ws', 'protobufjs', 'ajv', '@larksuiteoapi/lark-mcp'].some((name) =>
        isPackage(target, name),
      ),
  },
]

/** Every violation, as `file: rule: target`. */
export function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    rules
      .filter((rule) => rule.applies(file.path))
      .flatMap((rule) =>
        importsOf(file)
          .filter((target) => !rule.allows(target, file.path))
          .map((target) => `${file.path}: ${rule.name}: ${target}`),
      ),
  )
}
