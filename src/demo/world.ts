import { z } from 'zod'
import type { Config, FeishuConfig, ShopConfig, SystemConfig } from '#src/config.ts'
import type { Person } from '#src/contracts/playbook.ts'
import { AppError } from '#src/errors.ts'

/** What `GET /_control/state` of the sandbox tells: everything needed to connect to it like to the real thing. */
const stateSchema = z.object({
  worldId: z.uuid(),
  appId: z.string(),
  appSecret: z.string(),
  encryptKey: z.string(),
  verificationToken: z.string(),
  users: z.array(
    z.object({ open_id: z.string(), user_id: z.string(), name: z.string(), roles: z.array(z.string()) }),
  ),
  chats: z.array(z.object({ chat_id: z.string(), name: z.string() })),
  approvals: z.array(z.object({ approval_code: z.string(), name: z.string() })),
  channels: z.record(
    z.string(),
    z.object({
      baseUrl: z.string(),
      appKey: z.string(),
      appSecret: z.string(),
      shops: z.array(z.object({ shopId: z.string(), name: z.string(), chat_id: z.string() })),
    }),
  ),
  erp: z.record(
    z.string(),
    z.object({
      baseUrl: z.string(),
      appKey: z.string(),
      appSecret: z.string(),
      accessToken: z.string().optional(),
      refreshToken: z.string().optional(),
      shops: z.array(z.object({ shopId: z.number(), name: z.string(), platformShopId: z.string() })),
    }),
  ),
})
export type WorldState = z.infer<typeof stateSchema>

/** How the sandbox's world becomes settings: decided by content, because it names connectors and approvals. */
export interface DemoMapping {
  systems(state: WorldState): SystemConfig[]
  shops(state: WorldState): ShopConfig[]
  /** Our approval id → name of the definition in the sandbox. */
  approvals: Readonly<Record<string, string>>
  /** Roles of the sandbox's people → roles as the table 人员 knows them. */
  roles: Readonly<Record<string, string>>
  /** Connector of the ERP in which people are operators under their own names. */
  operatorSystem: string
  operationsChat: RegExp
  refundChat: RegExp
  /** Role of the person who gets the base. */
  adminRole: string
  /** Seconds between two pulls of a resource: people are watching. */
  pollSeconds: number
  /** What to try first: label and command line, given the sandbox's address. */
  hints(sandboxUrl: string): readonly (readonly [label: string, command: string])[]
  /** Role of the person who applies when the operator is unknown. */
  applicantRole: string
}

export interface World {
  worldId: string
  config: Pick<Config, 'systems' | 'shops' | 'approvals'> & { feishu: FeishuConfig }
  people: Person[]
}

/** Reads the sandbox's world. @throws AppError `sandbox_unreachable` or `sandbox_unreadable` */
export async function fetchWorldState(baseUrl: string): Promise<WorldState> {
  let body: unknown
  try {
    const response = await fetch(`${baseUrl}/_control/state`, { signal: AbortSignal.timeout(5_000) })
    body = await response.json()
  } catch (cause) {
    throw new AppError(
      'sandbox_unreachable',
      `The sandbox at ${baseUrl} does not answer. 沙箱没有响应，请检查端口是否被占用。`,
      { cause },
    )
  }
  const parsed = stateSchema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError(
    'sandbox_unreadable',
    `What answers at ${baseUrl} is not a sandbox of this version: ${issue?.path.join('.')} ${issue?.message}. 该地址不是本版本的沙箱。`,
  )
}

function chatOf(state: WorldState, name: RegExp): string | undefined {
  return state.chats.find((c) => name.test(c.name))?.chat_id
}

function peopleOf(state: WorldState, mapping: DemoMapping): Person[] {
  return state.users.map((user) => ({
    openId: user.open_id,
    userId: user.user_id,
    name: user.name,
    roles: user.roles.map((role) => mapping.roles[role] ?? role),
    operators: { [mapping.operatorSystem]: user.name },
  }))
}

function feishuOf(
  baseUrl: string,
  state: WorldState,
  mapping: DemoMapping,
  people: readonly Person[],
): FeishuConfig {
  const withRole = (role: string) => people.find((p) => p.roles.includes(role))?.openId
  const admin = withRole(mapping.adminRole)
  const applicant = withRole(mapping.applicantRole)
  const operationsChat = chatOf(state, mapping.operationsChat)
  const refundChat = chatOf(state, mapping.refundChat)
  return {
    baseUrl,
    appId: state.appId,
    appSecret: state.appSecret,
    encryptKey: state.encryptKey,
    verificationToken: state.verificationToken,
    transport: 'long-connection',
    ...(admin === undefined ? {} : { admin: { openId: admin } }),
    ...(applicant === undefined ? {} : { defaultApplicant: applicant }),
    ...(operationsChat === undefined ? {} : { operationsChat }),
    ...(refundChat === undefined ? {} : { refundChat }),
  }
}

/** The sandbox's world as the settings a real installation would have in its environment and files. */
export function worldFrom(baseUrl: string, state: WorldState, mapping: DemoMapping): World {
  const people = peopleOf(state, mapping)
  const approvals = Object.fromEntries(
    Object.entries(mapping.approvals).flatMap(([id, name]) => {
      const found = state.approvals.find((a) => a.name === name)
      return found === undefined ? [] : [[id, found.approval_code]]
    }),
  )
  return {
    worldId: state.worldId,
    people,
    config: {
      feishu: feishuOf(baseUrl, state, mapping, people),
      systems: mapping.systems(state),
      shops: mapping.shops(state),
      approvals,
    },
  }
}
