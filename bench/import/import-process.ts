/** Imports files into a database of its own, as `huiliu import` does. */
import { openForStart } from '#src/cli/open-database.ts'
import { readConfig } from '#src/config.ts'
import { importFile } from '#src/imports/import-file.ts'
import { silentLogger as log } from '#src/log.ts'
import { installation } from '#src/main.ts'
import { fileImport } from '../../connectors/file-import/index.ts'
import { serve } from '../kit/child.ts'

const config = readConfig(installation)
const opened = await openForStart(config, { log, say: () => undefined, onLost: () => process.exit(1) })
const source = {
  shop: { id: 'bench', name: '同程店' },
  connector: fileImport,
  config: fileImport.config.parse({ platform: 'tongcheng' }),
}

async function run(path: string, dryRun: boolean): Promise<{ seconds: number; created: number }> {
  const started = performance.now()
  const deps = { database: opened.database, roleOf: () => 'file' as const, now: () => Date.now() }
  const request = { path, source, wishes: {}, dryRun, refusedPath: `${path}-refused.csv` }
  const { created } = await importFile(deps, request)
  return { seconds: (performance.now() - started) / 1000, created }
}

serve({ import: ({ file, dryRun }) => run(String(file), dryRun === true) }, () => opened.close())
