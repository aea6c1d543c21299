import type { FileDirectory } from '../drive/files.ts'
import { copyBase } from './app-routes.ts'
import { type Base, bases, dropRows, structureChanged, type World } from './state.ts'

/** Bases as documents, for drive: permissions, subscriptions, folders, copies. */
export function baseDocuments(world: World): FileDirectory {
  const find = (token: string) => bases(world).find((base) => base.app_token === token)
  const change = (token: string, apply: (base: Base) => void) => {
    const base = find(token)
    if (!base) return
    apply(base)
    structureChanged(world)
  }
  return {
    find,
    hand: (token, openId) =>
      change(token, (base) => {
        base.owner = openId
        base.shared_with_app = true
      }),
    list: () => bases(world).map((base) => ({ ...base, token: base.app_token, type: 'bitable' })),
    copy(token, wanted) {
      const base = find(token)
      return base ? copyBase(world, base, wanted).app_token : ''
    },
    move: (token, folder) =>
      change(token, (base) => {
        base.folder_token = folder
      }),
    remove: (token) =>
      change(token, (base) => {
        for (const table of base.tables) dropRows(world, base, table)
        bases(world).splice(bases(world).indexOf(base), 1)
      }),
  }
}
