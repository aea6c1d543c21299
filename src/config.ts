import { resolve } from 'node:path'
import { type Environment, presentVariables, readEnvironment } from './config/environment.ts'
import type { Installation } from './config/installation.ts'
import { chooseMode } from './config/mode-rules.ts'
import {
  parseInstallation,
  resolveShops,
  resolveSystems,
  secretVariables,
} from './config/resolve-installation.ts'
import type { Config, FeishuConfig } from './config/types.ts'
import { probableTypos } from './config/typos.ts'
import { ConfigError } from './errors.ts'

export type { Config, FeishuConfig, ShopConfig, SystemConfig } from './config/types.ts'

/**
 * The typed configuration from the environment and huiliu.config.ts. `.env` is loaded by the command line, before.
 * @throws ConfigError with everything that is missing, wrong or contradictory, each with its remedy
 */
export function readConfig(installation: Installation, env: NodeJS.ProcessEnv = process.env): Config {
  const present = presentVariables(env)
  const { values, problems: invalid } = readEnvironment(present)
  const { parsed, problems: misconfigured } = parseInstallation(installation)
  const secrets = secretVariables(parsed)
  const { mode, problems: wrongMode } = chooseMode({ present, values, installation: parsed, secrets })
  const typos = probableTypos(present.keys(), new Set(secrets.keys()))
  const problems = [...invalid, ...typos, ...wrongMode, ...misconfigured, ...portProblems(values)]
  if (problems.length > 0) throw new ConfigError(problems)
  const real = mode === 'shadow' || mode === 'live'
  const systems = real ? resolveSystems(parsed, present) : []
  const feishu = mode === 'demo' ? undefined : feishuConfig(values)
  return {
    mode,
    ...common(values),
    ...(feishu && { feishu }),
    systems,
    shops: real ? resolveShops(parsed, systems, present) : [],
    approvals: parsed.approvals,
    bitable: parsed.bitable,
  }
}

type Common = Omit<Config, 'mode' | 'feishu' | 'systems' | 'shops' | 'approvals' | 'bitable'>

function common(values: Environment): Common {
  return {
    dataDir: resolve(values.HUILIU_DATA),
    host: values.HOST,
    port: values.PORT,
    sandboxPort: values.SANDBOX_PORT,
    logLevel: values.LOG_LEVEL,
    transport: values.FEISHU_TRANSPORT,
    ...(values.HUILIU_SECRET_KEY && { secretKey: values.HUILIU_SECRET_KEY }),
    ...(values.HUILIU_ADMIN_TOKEN && { adminToken: values.HUILIU_ADMIN_TOKEN }),
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    ...(values.PUBLIC_URL && { publicUrl: values.PUBLIC_URL }),
  }
}

function feishuConfig(values: Environment): FeishuConfig {
  const admin = values.FEISHU_ADMIN
  return {
    baseUrl: values.FEISHU_BASE_URL,
    // Present: the rules of the mode have been checked.
    appId: values.FEISHU_APP_ID ?? '',
    appSecret: values.FEISHU_APP_SECRET ?? '',
    transport: values.FEISHU_TRANSPORT,
    ...(values.FEISHU_ENCRYPT_KEY && { encryptKey: values.FEISHU_ENCRYPT_KEY }),
    ...(values.FEISHU_VERIFICATION_TOKEN && { verificationToken: values.FEISHU_VERIFICATION_TOKEN }),
    ...(admin && { admin: admin.startsWith('ou_') ? { openId: admin } : { mobile: admin } }),
    ...(values.FEISHU_BASE_APP_TOKEN && { baseAppToken: values.FEISHU_BASE_APP_TOKEN }),
    ...(values.FEISHU_OPERATIONS_CHAT && { operationsChat: values.FEISHU_OPERATIONS_CHAT }),
    ...(values.FEISHU_REFUND_CHAT && { refundChat: values.FEISHU_REFUND_CHAT }),
    ...(values.FEISHU_DEFAULT_APPLICANT && { defaultApplicant: values.FEISHU_DEFAULT_APPLICANT }),
  }
}

function portProblems(values: Environment): string[] {
  if (values.PORT === 0 || values.PORT !== values.SANDBOX_PORT) return []
  return [
    `PORT and SANDBOX_PORT are both ${values.PORT}: give the sandbox another one. PORT 与 SANDBOX_PORT 不能相同`,
  ]
}
