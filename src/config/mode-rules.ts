import type { Environment, Mode, VariableName } from './environment.ts'
import type { ParsedInstallation } from './installation.ts'

export interface ModeInput {
  present: ReadonlyMap<string, string>
  values: Environment
  installation: ParsedInstallation
  /** Variables that huiliu.config.ts takes secrets from → who wants them. */
  secrets: ReadonlyMap<string, string>
}

/** Variables that say what to connect to: with any of them set, the mode must be said too. */
function connectionVariables(input: ModeInput): string[] {
  return [...input.present.keys()]
    .filter((name) => name.startsWith('FEISHU_') || name === 'DATABASE_URL' || input.secrets.has(name))
    .sort()
}

/** The mode, and everything that is missing for it or contradicts it. Sandbox and real money never mix. */
export function chooseMode(input: ModeInput): { mode: Mode; problems: string[] } {
  const mode = input.values.HUILIU_MODE
  const connections = connectionVariables(input)
  if (mode === undefined) {
    if (connections.length === 0 || input.present.has('HUILIU_MODE')) return { mode: 'demo', problems: [] }
    return {
      mode: 'demo',
      problems: [
        `HUILIU_MODE is missing although ${connections.join(', ')} is set: choose demo, trial (real Feishu, sandbox shops), shadow (all real, nothing is executed) or live. 已设置连接变量，必须同时设置 HUILIU_MODE：trial（真实飞书、沙箱店铺）、shadow（全部真实、只记录不执行）或 live`,
      ],
    }
  }
  if (mode === 'demo') return { mode, problems: contradictions(mode, connections, isForeignToDemo) }
  const problems = feishuProblems(input)
  if (mode === 'trial') {
    return {
      mode,
      problems: [...problems, ...contradictions(mode, connections, (name) => input.secrets.has(name))],
    }
  }
  return { mode, problems: [...problems, ...shopProblems(input, mode)] }
}

/** The sandbox stands in for everything but the database, and can be spoken to over either transport. */
const isForeignToDemo = (name: string) => name !== 'DATABASE_URL' && name !== 'FEISHU_TRANSPORT'

function contradictions(mode: Mode, connections: string[], isWrong: (name: string) => boolean): string[] {
  return connections
    .filter(isWrong)
    .map(
      (name) =>
        `${name} contradicts HUILIU_MODE=${mode}, which does not use it: remove it or choose another mode. ${mode} 模式不使用 ${name}：请删除或更换模式`,
    )
}

function feishuProblems(input: ModeInput): string[] {
  const { values } = input
  const problems: string[] = []
  const need = (name: VariableName, why: string) => {
    // One that is set but not valid is reported by the reader.
    if (values[name] === undefined && !input.present.has(name)) problems.push(`${name} is missing: ${why}`)
  }
  need('FEISHU_APP_ID', 'the app’s id, from 凭证与基础信息 in the developer console 请填写应用的 App ID')
  need('FEISHU_APP_SECRET', 'the app’s secret, from the same page 请填写应用的 App Secret')
  if (values.FEISHU_TRANSPORT === 'webhook') {
    need(
      'FEISHU_ENCRYPT_KEY',
      'a webhook without it cannot tell Feishu from others; 事件与回调 → 加密策略 回调必须设置加密密钥',
    )
    need('FEISHU_VERIFICATION_TOKEN', '事件与回调 → 加密策略 请填写 Verification Token')
  }
  if (values.FEISHU_BASE_APP_TOKEN === undefined)
    need(
      'FEISHU_ADMIN',
      'who gets the base we create (open_id or mobile), else nobody could open it; or set FEISHU_BASE_APP_TOKEN 新建的多维表格要交给谁（open_id 或手机号），或用 FEISHU_BASE_APP_TOKEN 指定已有表格',
    )
  return problems
}

function shopProblems(input: ModeInput, mode: Mode): string[] {
  const problems: string[] = []
  if (input.installation.shops.length === 0)
    problems.push(
      `huiliu.config.ts lists no shop, but HUILIU_MODE=${mode} works on real shops: add them, or use HUILIU_MODE=trial. ${mode} 模式需要在 huiliu.config.ts 中配置店铺`,
    )
  for (const [name, owner] of input.secrets) {
    if (!input.present.has(name))
      problems.push(
        `${name} is missing: huiliu.config.ts takes a secret of ${owner} from it. 缺少 ${owner} 的密钥变量 ${name}`,
      )
  }
  if (input.values.FEISHU_OPERATIONS_CHAT === undefined && !input.present.has('FEISHU_OPERATIONS_CHAT'))
    problems.push(
      'FEISHU_OPERATIONS_CHAT is missing: the group that is told when a person must act. 请设置运维群：需要人处理的问题发到该群',
    )
  const approves = Object.keys(input.installation.approvals).length > 0
  if (
    approves &&
    input.values.FEISHU_DEFAULT_APPLICANT === undefined &&
    !input.present.has('FEISHU_DEFAULT_APPLICANT')
  )
    problems.push(
      'FEISHU_DEFAULT_APPLICANT is missing: who applies when the operator of a refund is not known in Feishu. 请设置审批的默认申请人（open_id）',
    )
  return problems
}
