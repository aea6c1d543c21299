import type { EventPayloads } from '#src/contracts/event.ts'
import { definePlaybook, type HandlerContext, type Person, type ShopView } from '#src/contracts/playbook.ts'
import type { RowOf } from '#src/contracts/table.ts'
import { people, shops } from '../../bitable-schemas/index.ts'

const payerWords = { erp: 'ERP', channel: '渠道', person: '人工' } as const
const payers = new Map<string, ShopView['payer']>(
  Object.entries(payerWords).map(([k, word]) => [word, k as ShopView['payer']]),
)
const channelWords: Record<string, string> = { 'douyin-shop': '抖店' }
const erpId = 'jushuitan'

async function putShop(ctx: HandlerContext, shop: ShopView): Promise<void> {
  await ctx.rows.put(shops, shop.id, {
    name: shop.name,
    channel: channelWords[shop.connector] ?? null,
    chat: shop.chatId ?? null,
    payer: payerWords[shop.payer],
    orderUrlTemplate: shop.orderUrlTemplate ?? null,
  })
}

async function putPerson(ctx: HandlerContext, person: Person): Promise<void> {
  await ctx.rows.put(people, person.openId, {
    name: person.name,
    member: person.openId,
    roles: [...person.roles],
    operatorId: person.operators[erpId] ?? null,
  })
}

/** Takes over what people changed. An emptied group or template is empty from now on; a shop always has a payer. */
async function takeShop(
  ctx: HandlerContext,
  shopId: string,
  changes: EventPayloads['row.edited']['changes'],
): Promise<void> {
  const row = await ctx.rows.get(shops, shopId)
  if (row === undefined || (await ctx.directory.shop(shopId)) === undefined) return
  const payer = payers.get(row.payer ?? '')
  await ctx.directory.saveShop(shopId, {
    ...('chat' in changes ? { chatId: row.chat ?? null } : {}),
    ...('payer' in changes && payer !== undefined ? { payer } : {}),
    ...('orderUrlTemplate' in changes ? { orderUrlTemplate: row.orderUrlTemplate ?? null } : {}),
  })
  if (row.chat != null) await ctx.resolve({ code: 'shop_without_chat', subject: shopId })
}

async function takePerson(ctx: HandlerContext, openId: string, row: RowOf<typeof people>): Promise<void> {
  const known = await ctx.directory.person(openId)
  const { [erpId]: _before, ...operators } = known?.operators ?? {}
  await ctx.directory.savePerson({
    openId,
    name: row.name ?? known?.name ?? '同事',
    roles: row.roles ?? [],
    operators: row.operatorId == null ? operators : { ...operators, [erpId]: row.operatorId },
    ...(known?.userId === undefined ? {} : { userId: known.userId }),
  })
}

/** 店铺 and 人员: who gets what and who may press what is edited in tables, not in files. */
export const directoryDesk = definePlaybook({
  id: 'directory',
  label: '店铺与人员',
  tables: [shops, people],
  cards: {},
  approvals: [],
  async start(ctx) {
    for (const shop of await ctx.directory.shops()) await putShop(ctx, shop)
    for (const person of await ctx.directory.everybody()) await putPerson(ctx, person)
  },
  on: {
    'row.edited': async (ctx, { payload }) => {
      if (payload.table === shops.id) await takeShop(ctx, payload.key, payload.changes)
      if (payload.table === people.id) {
        const row = await ctx.rows.get(people, payload.key)
        if (row !== undefined) await takePerson(ctx, payload.key, row)
      }
    },
    // Somebody added a line and chose a member: that person may press buttons from now on. A second line about
    // somebody who has one already changes nothing.
    'row.added': async (ctx, { payload }) => {
      const member = payload.table === people.id ? payload.values.member : undefined
      if (typeof member !== 'string') return
      // What the line holds is ours already; nothing is written into it, whatever options people added.
      if (!(await ctx.rows.adopt(people, member, payload.recordId, {}))) return
      const row = await ctx.rows.get(people, member)
      if (row !== undefined) await takePerson(ctx, member, row)
    },
    'row.removed': async (ctx, { payload }) => {
      if (payload.table === people.id) await ctx.directory.removePerson(payload.key)
    },
  },
  actions: {},
  jobs: {},
  schedules: [],
})
