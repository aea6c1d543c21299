import type { Kernel } from '../../kernel/types.ts'
import { registerApps } from './app-routes.ts'
import { registerBlocks } from './block-routes.ts'
import { registerControl } from './control.ts'
import type { Directory } from './directory.ts'
import { registerFieldGroups } from './field-group-routes.ts'
import { registerFields } from './field-routes.ts'
import { registerForms } from './form-routes.ts'
import { registerRecordReads } from './record-reads.ts'
import { registerRecordWrites } from './record-routes.ts'
import { registerRoles } from './role-routes.ts'
import { bases, rowsOf, type World } from './state.ts'
import { registerTables } from './table-routes.ts'
import { tenantDirectory } from './tenant-directory.ts'
import { registerViews } from './view-routes.ts'
import { registerFormPages } from './web/forms.ts'
import { registerBaseWeb } from './web/index.ts'
import { registerKanban } from './web/kanban-columns.ts'

export type { World } from './state.ts'

/**
 * Bitable: the open API, the control API and the events. `directory` says who and what exists (default: the tenant's
 * people and chats); what it leaves out is only checked for its form. The returned world is for the functions of by-hand.ts that play people (`editRowAs` …).
 */
export function registerBitable(kernel: Kernel, directory: Directory = tenantDirectory(kernel)): World {
  const world: World = { kernel, directory, writing: new Set(), tokensInFlight: new Set() }
  registerApps(world)
  registerTables(world)
  registerFields(world)
  registerViews(world)
  registerForms(world)
  registerRoles(world)
  registerBlocks(world)
  registerFieldGroups(world)
  registerRecordWrites(world)
  registerRecordReads(world)
  registerControl(world)
  registerBaseWeb(world)
  registerFormPages(world)
  registerKanban(world)
  // Rows are loaded at once, because a reset only refills parts that are loaded.
  kernel.onStart(() => {
    for (const base of bases(world)) for (const table of base.tables) rowsOf(world, base, table)
  })
  return world
}
