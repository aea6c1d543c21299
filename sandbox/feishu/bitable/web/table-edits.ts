import { listChats } from '../../im/chats.ts'
import { createBaseAs, renameBaseAs } from '../by-hand.ts'
import { refuse } from '../refusal.ts'
import type { World } from '../state.ts'
import { addTable, removeTables, renameTable } from '../table-routes.ts'
import { eyesOf } from './access.ts'
import { answerAs, answerForTable } from './answer.ts'
import type { WebRef } from './base-shapes.ts'
import { baseById } from './read-base.ts'

/**
 * People's work on bases and tables: `POST base {name}`, `PATCH base/:app {name}`, `POST …/tables {name}`,
 * `PATCH …/tables/:table {name}`, `DELETE …/tables/:table`; and the groups a cell may name: `GET base/:app/chats`.
 */
export function registerTableEdits(world: World): void {
  answerAs(world, 'POST', '', ({ body }, openId) => {
    const name = String(body.name ?? '').trim()
    return { app_token: createBaseAs(world, openId, name).app_token }
  })
  answerAs(world, 'PATCH', ':app', ({ params, body }, openId) => {
    const base = baseById(world, params.app ?? '')
    if (eyesOf(world, base, openId).right === 'view') refuse(1254302, 'you may not rename this base')
    renameBaseAs(world, base, String(body.name ?? ''))
    return {}
  })
  answerAs(world, 'POST', ':app/tables', ({ params, body }, openId) => {
    const base = baseById(world, params.app ?? '')
    const { right, key } = eyesOf(world, base, openId)
    if (right === 'view' || key !== '') refuse(1254302, 'you may not add tables here')
    return { table_id: addTable(world, base, { name: body.name }).table_id }
  })
  answerForTable(world, 'PATCH', '', ({ spot, eyes, body }) => {
    eyes.mustMay(spot.table, 'manage')
    return renameTable(world, spot, body.name)
  })
  answerForTable(world, 'DELETE', '', ({ spot, eyes }) => {
    eyes.mustMay(spot.table, 'manage')
    return removeTables(world, spot.base, [spot.table])
  })
  answerAs(world, 'GET', ':app/chats', (_call, openId): WebRef[] =>
    listChats(world.kernel)
      .filter((chat) => chat.status === 'normal' && chat.members.includes(openId))
      .map((chat) => ({ id: chat.chat_id, name: chat.name })),
  )
}
