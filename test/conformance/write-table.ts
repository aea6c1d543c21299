/** Writes sandbox/CONFORMANCE.md. */
import { writeFileSync } from 'node:fs'
import { buildSandbox } from '../../sandbox/server.ts'
import { areas } from './cases/index.ts'
import { tableOf, tablePath } from './table.ts'

const { kernel } = await buildSandbox({ seed: 11, statePath: null, frozen: true })
writeFileSync(tablePath, tableOf(kernel.routes, areas))
await kernel.close()
