import type { Mode } from './environment.ts'
import type { ParsedInstallation } from './installation.ts'

export interface FeishuConfig {
  /** Without a slash at its end. */
  baseUrl: string
  appId: string
  appSecret: string
  transport: 'webhook' | 'long-connection'
  /** Both are set when the transport is `webhook`. */
  encryptKey?: string
  verificationToken?: string
  /** Who gets the base we create; absent when an existing base is used. */
  admin?: { openId: string } | { mobile: string }
  /** An existing base to work in; absent: we create one. */
  baseAppToken?: string
  operationsChat?: string
  refundChat?: string
  /** open_id */
  defaultApplicant?: string
}

/** One account in one outside system. `config` is settings and secrets together, for the connector's own schema. */
export interface SystemConfig {
  id: string
  name: string
  connector: string
  config: Record<string, unknown>
}

export interface ShopConfig {
  id: string
  name: string
  /** Id of the system it sells on. */
  system: string
  /** Connector of that system. */
  connector: string
  /** The system's settings and secrets with the shop's own on top. */
  config: Record<string, unknown>
  /** Connector of its ERP. */
  erp?: string
  /** Id of the system that is its ERP. */
  erpSystem?: string
  payer: 'erp' | 'channel' | 'person'
  chatId?: string
  orderUrlTemplate?: string
}

export interface Config {
  mode: Mode
  /** Absolute. */
  dataDir: string
  host: string
  port: number
  sandboxPort: number
  logLevel: string
  /** 32 bytes in base64; absent: one is generated into the data directory. */
  secretKey?: string
  adminToken?: string
  /** Absent: Huiliu runs a PostgreSQL of its own. */
  databaseUrl?: string
  publicUrl?: string
  /** How Feishu reaches us, in every mode. */
  transport: FeishuConfig['transport']
  /** Absent in mode demo, where the sandbox says what to connect to. */
  feishu?: FeishuConfig
  /** In demo and trial without systems and shops: the sandbox's are used. */
  systems: SystemConfig[]
  shops: ShopConfig[]
  approvals: Record<string, string>
  bitable: ParsedInstallation['bitable']
}
