import type { EventPayloads } from '#src/contracts/event.ts'
import type { HandlerContext } from '#src/contracts/playbook.ts'
import { orders } from '../../bitable-schemas/index.ts'

/** A person chosen in the table is a claim like one by card; a person taken out again leaves the order to anybody. */
export async function followEdit(ctx: HandlerContext, edit: EventPayloads['row.edited']): Promise<void> {
  if (edit.changes.follower === undefined) return
  const row = await ctx.rows.get(orders, edit.key)
  if (row === undefined) return
  const by = edit.editedBy ?? row.follower ?? ''
  if (row.follower != null && row.followStatus === '待跟进')
    await ctx.rows.act(orders, edit.key, { followStatus: '已认领', followedAt: edit.editedAt }, by)
  else if (row.follower == null && row.followStatus === '已认领')
    await ctx.rows.act(
      orders,
      edit.key,
      { followStatus: '待跟进', followedAt: null, responseSeconds: null },
      by,
    )
}
