import type { FeishuConfig } from '#src/config.ts'
import type { Person } from '#src/contracts/playbook.ts'
import type { Database } from '#src/db/database.ts'
import { people, settings } from '#src/db/schema/index.ts'
import { directorySettings, saveSetting } from '#src/directory/directory.ts'
import { AppError } from '#src/errors.ts'
import type { Feishu } from '#src/feishu/types.ts'

/** Stores what the configuration says about people and chats. Known people stay as people have edited them. */
export async function seedDirectory(
  database: Database,
  seed: { feishu: FeishuConfig; people: readonly Person[]; now: number },
): Promise<void> {
  const { feishu, now } = seed
  await database.db.transaction(async (tx) => {
    await saveSetting(tx, directorySettings.operationsChat, feishu.operationsChat, now)
    await saveSetting(tx, directorySettings.defaultApplicant, feishu.defaultApplicant, now)
    await saveSetting(tx, directorySettings.chat('refunds'), feishu.refundChat, now)
    // People are only named here to begin with: whoever was deleted from the table since must stay deleted.
    const [known] = await tx.select({ openId: people.openId }).from(people).limit(1)
    for (const person of known === undefined ? seed.people : []) {
      const row = { ...person, roles: [...person.roles], operators: { ...person.operators }, updatedAt: now }
      await tx.insert(people).values(row).onConflictDoNothing()
    }
  })
}

/** The named admin's open_id, looked up by mobile when that is what the configuration has; they become 管理员. */
export async function resolveAdmin(
  deps: { database: Database; feishu: Pick<Feishu, 'contacts'>; role: string; now: number },
  admin: FeishuConfig['admin'],
): Promise<string | undefined> {
  if (admin === undefined) return undefined
  const openId = 'openId' in admin ? admin.openId : await openIdOf(deps.feishu, admin.mobile)
  const user = await deps.feishu.contacts.user(openId, { purpose: 'setup' })
  const row = {
    openId,
    userId: user?.userId ?? null,
    name: user?.name ?? '管理员',
    roles: [deps.role],
    operators: {},
    updatedAt: deps.now,
  }
  await deps.database.db.insert(people).values(row).onConflictDoNothing()
  return openId
}

async function openIdOf(feishu: Pick<Feishu, 'contacts'>, mobile: string): Promise<string> {
  const found = await feishu.contacts.openIdsByMobile([mobile], { purpose: 'setup' })
  const openId = found.get(mobile)
  if (openId !== undefined) return openId
  throw new AppError(
    'admin_unknown',
    'FEISHU_ADMIN: nobody with this mobile number is visible to the app. 应用的通讯录权限范围内找不到该手机号，请扩大范围或改用 open_id。',
    { retry: 'backoff' },
  )
}

const worldKey = 'world-id'

/**
 * Sandbox and database belong together: the first start notes the sandbox's world, later ones must find the same.
 * @throws AppError `world_mismatch`
 */
export async function checkWorld(database: Database, worldId: string, now: number): Promise<void> {
  const stored = await database.db.transaction(async (tx) => {
    await tx.insert(settings).values({ key: worldKey, value: worldId, updatedAt: now }).onConflictDoNothing()
    const rows = await tx.select().from(settings)
    return rows.find((r) => r.key === worldKey)?.value
  })
  if (stored === worldId) return
  throw new AppError(
    'world_mismatch',
    'The sandbox and the database tell of different worlds. Start with "npm start -- --reset" for a new one, or stop the other sandbox on this port. 沙箱与数据库不是同一个世界：用 npm start -- --reset 重新开始，或关闭占用该端口的另一个沙箱。',
  )
}
