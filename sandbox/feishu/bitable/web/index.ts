import type { World } from '../state.ts'
import { registerFieldEdits } from './field-edits.ts'
import { registerHistory } from './history.ts'
import { layoutPart } from './layout.ts'
import { countChanges } from './ordered-rows.ts'
import { registerBaseReads } from './read-base.ts'
import { registerRowReads } from './read-rows.ts'
import { registerRowEdits } from './row-edits.ts'
import { registerTableEdits } from './table-edits.ts'
import { registerViewEdits } from './view-edits.ts'

/** What the browser client's base pages ask: everything through the eyes of the person being played. */
export function registerBaseWeb(world: World): void {
  world.kernel.state(layoutPart, () => ({}))
  countChanges(world)
  registerBaseReads(world)
  registerRowReads(world)
  registerRowEdits(world)
  registerHistory(world)
  registerFieldEdits(world)
  registerViewEdits(world)
  registerTableEdits(world)
}
