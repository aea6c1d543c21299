import { eq, sql } from 'drizzle-orm'
import type { Directory, Person, ShopView } from '#src/contracts/playbook.ts'
import type { Executor } from '#src/db/database.ts'
import { people, settings, shopSettings } from '#src/db/schema/index.ts'
import { DataError } from '#src/errors.ts'

/** A shop as huiliu.config.ts names it, with the values its settings start from. */
export interface ConfiguredShop {
  id: string
  name: string
  connector: string
  erp?: string
  payer: ShopView['payer']
  chatId?: string
  orderUrlTemplate?: string
}

/** Keys of the settings table that the directory reads. */
export const directorySettings = {
  operationsChat: 'directory.operations-chat',
  defaultApplicant: 'directory.default-applicant',
  chat: (name: string) => `directory.chat.${name}`,
} as const

async function readSetting(executor: Executor, key: string): Promise<string | undefined> {
  const [row] = await executor.select().from(settings).where(eq(settings.key, key))
  return typeof row?.value === 'string' ? row.value : undefined
}

/** Stores one directory setting; `undefined` leaves it as it is. */
export async function saveSetting(
  executor: Executor,
  key: string,
  value: string | undefined,
  now: number,
): Promise<void> {
  if (value === undefined) return
  await executor
    .insert(settings)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: now } })
}

const toPerson = (row: typeof people.$inferSelect): Person => ({
  openId: row.openId,
  ...(row.userId === null ? {} : { userId: row.userId }),
  name: row.name,
  roles: row.roles,
  operators: row.operators,
})

type StoredShop = typeof shopSettings.$inferSelect

/** Emptied by people, which is something else than never set (null): then the configuration holds. */
const emptied = ''
const orEmptied = (value: string | null | undefined) => (value === null ? emptied : value)
const orAbsent = (value: string | undefined) => (value === emptied ? undefined : value)

function toShop(shop: ConfiguredShop, stored: StoredShop | undefined): ShopView {
  const chatId = orAbsent(stored?.chatId ?? shop.chatId)
  const orderUrlTemplate = orAbsent(stored?.orderUrlTemplate ?? shop.orderUrlTemplate)
  return {
    id: shop.id,
    name: shop.name,
    connector: shop.connector,
    payer: stored?.payer ?? shop.payer,
    ...(shop.erp === undefined ? {} : { erp: shop.erp }),
    ...(chatId === undefined ? {} : { chatId }),
    ...(orderUrlTemplate === undefined ? {} : { orderUrlTemplate }),
  }
}

/** Who works here and which shops there are; what people decide about them lives in the database (and their tables). */
export function createDirectory(
  executor: Executor,
  shops: readonly ConfiguredShop[],
  now: number,
): Directory {
  const configured = (id: string) => shops.find((s) => s.id === id)
  /** Handlers ask for the same shop several times. */
  const seen = new Map<string, ShopView>()
  return {
    async person(openId) {
      const [row] = await executor.select().from(people).where(eq(people.openId, openId))
      return row === undefined ? undefined : toPerson(row)
    },
    async personByOperator(connector, operatorId) {
      const [row] = await executor
        .select()
        .from(people)
        .where(sql`${people.operators} ->> ${connector} = ${operatorId}`)
        .limit(1)
      return row === undefined ? undefined : toPerson(row)
    },
    async everybody() {
      return (await executor.select().from(people)).map(toPerson)
    },
    async peopleWithRole(role) {
      const rows = await executor.select().from(people).where(sql`${people.roles} ? ${role}`)
      return rows.map(toPerson)
    },
    async savePerson(person) {
      const row = { ...person, roles: [...person.roles], operators: { ...person.operators }, updatedAt: now }
      await executor.insert(people).values(row).onConflictDoUpdate({ target: people.openId, set: row })
    },
    async removePerson(openId) {
      await executor.delete(people).where(eq(people.openId, openId))
    },
    async shop(shopId) {
      const shop = configured(shopId)
      if (shop === undefined) return undefined
      const known = seen.get(shopId)
      if (known !== undefined) return known
      const [stored] = await executor.select().from(shopSettings).where(eq(shopSettings.shopId, shopId))
      const view = toShop(shop, stored)
      seen.set(shopId, view)
      return view
    },
    async shops() {
      const stored = new Map((await executor.select().from(shopSettings)).map((s) => [s.shopId, s]))
      return shops.map((shop) => toShop(shop, stored.get(shop.id)))
    },
    async saveShop(shopId, change) {
      const shop = configured(shopId)
      if (shop === undefined) throw new DataError('shop_unknown', `No shop ${shopId} in huiliu.config.ts`)
      seen.delete(shopId)
      const set = {
        updatedAt: now,
        payer: change.payer,
        chatId: orEmptied(change.chatId),
        orderUrlTemplate: orEmptied(change.orderUrlTemplate),
      }
      await executor
        .insert(shopSettings)
        .values({ shopId, ...set, payer: change.payer ?? shop.payer })
        .onConflictDoUpdate({ target: shopSettings.shopId, set })
    },
    operationsChat: () => readSetting(executor, directorySettings.operationsChat),
    chat: (name) => readSetting(executor, directorySettings.chat(name)),
    defaultApplicant: () => readSetting(executor, directorySettings.defaultApplicant),
  }
}
