import { z } from 'zod'

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535)
const webAddress = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))
/** Plain http is for a sandbox on this machine only: everything else would send secrets in the clear. */
const safeAddress = webAddress.refine((value) => {
  const { protocol, hostname } = new URL(value)
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
})
const openId = z.string().regex(/^ou_[0-9A-Za-z_-]+$/)
const chatId = z.string().regex(/^oc_[0-9A-Za-z_-]+$/)
const secretKey = z.string().refine((value) => Buffer.from(value, 'base64').length === 32)

export const modes = ['demo', 'trial', 'shadow', 'live'] as const
export type Mode = (typeof modes)[number]

/** Every variable the product knows, except the secrets of shops, whose names huiliu.config.ts chooses. */
export const variables = {
  HUILIU_MODE: z.enum(modes).optional(),
  HUILIU_DATA: z.string().default('./data'),
  HUILIU_SECRET_KEY: secretKey.optional(),
  HUILIU_ADMIN_TOKEN: z.string().min(16).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  SANDBOX_PORT: port.default(3400),
  PUBLIC_URL: webAddress.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FEISHU_BASE_URL: safeAddress.default('https://open.feishu.cn'),
  // The SDK's long connection stays idle, without an error, for any other form.
  FEISHU_APP_ID: z
    .string()
    .regex(/^cli_[0-9a-fA-F]{16}$/)
    .optional(),
  FEISHU_APP_SECRET: z.string().optional(),
  FEISHU_TRANSPORT: z.enum(['webhook', 'long-connection']).default('long-connection'),
  FEISHU_ENCRYPT_KEY: z.string().optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().optional(),
  FEISHU_ADMIN: z.union([openId, z.string().regex(/^\+?\d{6,15}$/)]).optional(),
  FEISHU_BASE_APP_TOKEN: z
    .string()
    .regex(/^[0-9A-Za-z]{10,}$/)
    .optional(),
  FEISHU_OPERATIONS_CHAT: chatId.optional(),
  FEISHU_REFUND_CHAT: chatId.optional(),
  FEISHU_DEFAULT_APPLICANT: openId.optional(),
} as const

export type VariableName = keyof typeof variables
export type Environment = { [N in VariableName]: z.infer<(typeof variables)[N]> }

/** What a variable must look like, in English and Chinese. */
const forms: Partial<Record<VariableName, string>> = {
  HUILIU_MODE: 'one of demo, trial, shadow, live 取值 demo、trial、shadow 或 live',
  HUILIU_SECRET_KEY:
    '32 bytes in base64, made with "openssl rand -base64 32" 用 openssl rand -base64 32 生成',
  HUILIU_ADMIN_TOKEN: 'at least 16 characters 至少 16 个字符',
  DATABASE_URL: 'postgres://user:password@host:5432/database',
  PORT: 'a port number, 0 to 65535 端口号 0–65535',
  SANDBOX_PORT: 'a port number, 0 to 65535 端口号 0–65535',
  PUBLIC_URL: 'an address such as https://huiliu.example.com 完整网址',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
  FEISHU_BASE_URL:
    'https://open.feishu.cn, https://open.larksuite.com or a sandbox on this machine 飞书、Lark 或本机沙箱的地址',
  FEISHU_APP_ID:
    '"cli_" and 16 hexadecimal digits, from 凭证与基础信息 of the app 在应用的“凭证与基础信息”页',
  FEISHU_TRANSPORT: '"long-connection" or "webhook"',
  FEISHU_ADMIN: 'an open_id (ou_…) or a mobile number 管理员的 open_id 或手机号',
  FEISHU_BASE_APP_TOKEN:
    'the part of the base’s address after /base/ 多维表格网址中 /base/ 之后的部分（知识库里的表格不同）',
  FEISHU_OPERATIONS_CHAT: 'a chat_id (oc_…) 群的 chat_id',
  FEISHU_REFUND_CHAT: 'a chat_id (oc_…) 群的 chat_id',
  FEISHU_DEFAULT_APPLICANT: 'an open_id (ou_…) 员工的 open_id',
}

/** Variables that are set: an empty one counts as absent, as in a copied `.env.example`. */
export function presentVariables(env: NodeJS.ProcessEnv): Map<string, string> {
  const present = new Map<string, string>()
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && value.trim() !== '') present.set(name, value.trim())
  }
  return present
}

/** Reads every known variable; what is wrong is described without its value, which may be a secret. */
export function readEnvironment(present: ReadonlyMap<string, string>): {
  values: Environment
  problems: string[]
} {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(variables)) {
    const result = schema.safeParse(present.get(name))
    if (result.success) {
      values[name] = result.data
      continue
    }
    problems.push(`${name} is not valid: it must be ${forms[name as VariableName] ?? 'set 需要设置'}`)
    values[name] = schema.safeParse(undefined).data
  }
  return { values: values as Environment, problems }
}
