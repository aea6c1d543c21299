/** Composition root: the only place that knows both the machine and the content it runs. */
import { fileURLToPath } from 'node:url'
import { baseName, tables } from '../bitable-schemas/index.ts'
import { alertCard, digestLayout, markTrial } from '../cards/index.ts'
import { connectors } from '../connectors/index.ts'
import installation from '../huiliu.config.ts'
import { demo } from '../huiliu.demo.ts'
import packageFile from '../package.json' with { type: 'json' }
import { playbooks } from '../playbooks/index.ts'
import type { Content } from './machine/content.ts'

export const content: Content = {
  connectors,
  playbooks,
  tables,
  baseName,
  alertCard,
  digestLayout,
  markTrial,
  adminRole: '管理员',
}

export const version: string = packageFile.version
/** Entry file of the sandbox's process. */
export const sandboxEntry = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url))
export { demo, installation }
