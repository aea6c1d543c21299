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

async function takeShop(ctx: HandlerContext, shopId: string, row: RowOf<typeof shops>): Promise<void> {
  const payer = row.payer == null ? undefined : payers.get(row.payer)
  await ctx.directory.saveShop(shopId, {
    ...(row.chat == null ? {} : { chatId: row.chat }),
    ...(payer === undefined ? {} : { payer }),
    ...(row.orderUrlTemplate == null ? {} : { orderUrlTemplate: row.orderUrlTemplate }),
  })
}

async function takePerson(ctx: HandlerContext, openId: string, row: RowOf<typeof people>): Promise<void> {
  const known = await ctx.directory.person(openId)
  await ctx.directory.savePerson({
    openId,
    name: row.name ?? known?.name ?? '同事',
    roles: row.roles ?? [],
    operators: { ...known?.operators, ...(row.operatorId == null ? {} : { [erpId]: row.operatorId }) },
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
      if (payload.table === shops.id) {
        const row = await ctx.rows.get(shops, payload.key)
        if (row !== undefined) await takeShop(ctx, payload.key, row)
      }
      if (payload.table === people.id) {
        const row = await ctx.rows.get(people, payload.key)
        if (row !== undefined) await takePerson(ctx, payload.key, row)
      }
    },
    // Somebody added a line and chose a member: that person may press buttons from now on.
    'row.added': async (ctx, { payload }) => {
      const member = payload.table === people.id ? payload.values.member : undefined
      if (typeof member !== 'string') return
      const values = payload.values as RowOf<typeof people>
      await takePerson(ctx, member, values)
      await ctx.rows.adopt(people, member, payload.recordId, values)
    },
  },
  actions: {},
  jobs: {},
  schedules: [],
})
