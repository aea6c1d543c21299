import { type Installation, installationSchema, type ParsedInstallation } from './installation.ts'
import type { ShopConfig, SystemConfig } from './types.ts'

/** huiliu.config.ts checked for its shape and for references that lead nowhere. */
export function parseInstallation(installation: Installation): {
  parsed: ParsedInstallation
  problems: string[]
} {
  const result = installationSchema.safeParse(installation)
  if (result.success) return { parsed: result.data, problems: referenceProblems(result.data) }
  const problems = result.error.issues.map(
    (issue) => `huiliu.config.ts: ${issue.path.join('.') || 'the whole'}: ${issue.message}`,
  )
  return { parsed: installationSchema.parse({}), problems }
}

/** Names of the environment variables that huiliu.config.ts wants secrets from, with who wants them. */
export function secretVariables(installation: ParsedInstallation): Map<string, string> {
  const wanted = new Map<string, string>()
  for (const owner of [...installation.systems, ...installation.shops]) {
    for (const name of Object.values(owner.secrets)) wanted.set(name, owner.name)
  }
  return wanted
}

export function resolveSystems(
  installation: ParsedInstallation,
  present: ReadonlyMap<string, string>,
): SystemConfig[] {
  return installation.systems.map((system) => ({
    id: system.id,
    name: system.name,
    connector: system.connector,
    config: { ...system.settings, ...secretValues(system.secrets, present) },
  }))
}

/** Call it for an installation without problems only. */
export function resolveShops(
  installation: ParsedInstallation,
  systems: readonly SystemConfig[],
  present: ReadonlyMap<string, string>,
): ShopConfig[] {
  const byId = new Map(systems.map((system) => [system.id, system]))
  return installation.shops.flatMap(({ settings, secrets, erp, ...shop }) => {
    const system = byId.get(shop.system)
    if (system === undefined) return []
    const erpSystem = erp === undefined ? undefined : byId.get(erp)
    const { chatId, orderUrlTemplate, ...rest } = shop
    return {
      ...rest,
      connector: system.connector,
      config: { ...system.config, ...settings, ...secretValues(secrets, present) },
      ...(erpSystem && { erp: erpSystem.connector, erpSystem: erpSystem.id }),
      ...(chatId && { chatId }),
      ...(orderUrlTemplate && { orderUrlTemplate }),
    }
  })
}

function secretValues(
  secrets: Readonly<Record<string, string>>,
  present: ReadonlyMap<string, string>,
): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [setting, variable] of Object.entries(secrets)) {
    const value = present.get(variable)
    if (value !== undefined) values[setting] = value
  }
  return values
}

function referenceProblems(installation: ParsedInstallation): string[] {
  const problems: string[] = []
  const systems = new Set(installation.systems.map((system) => system.id))
  const say = (text: string) => problems.push(`huiliu.config.ts: ${text}`)
  for (const id of repeated([...installation.systems, ...installation.shops].map((owner) => owner.id)))
    say(`the id "${id}" is used twice 标识“${id}”重复`)
  for (const shop of installation.shops) {
    if (!systems.has(shop.system))
      say(
        `shop "${shop.id}" sells on "${shop.system}", which is not among the systems 系统“${shop.system}”未定义`,
      )
    if (shop.erp !== undefined && !systems.has(shop.erp))
      say(
        `shop "${shop.id}" has the ERP "${shop.erp}", which is not among the systems 系统“${shop.erp}”未定义`,
      )
    if (shop.payer === 'erp' && shop.erp === undefined)
      say(
        `shop "${shop.id}" lets its ERP pay refunds, but has no erp 店铺“${shop.id}”由 ERP 退款，但没有设置 erp`,
      )
  }
  return problems
}

function repeated(ids: readonly string[]): Set<string> {
  return new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
}
