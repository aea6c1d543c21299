import type { Config } from '#src/config.ts'

export interface Welcome {
  config: Config
  address: string
  sandbox: string | undefined
  database: string
  logFile: string
  hints: readonly (readonly [label: string, command: string])[]
}

const modeWords: Record<Config['mode'], string> = {
  demo: '演示（全部为本机沙箱，不需要任何账号）',
  trial: '试用（真实飞书 + 沙箱店铺）',
  shadow: '影子（全部真实，只读；对外操作只记录不执行）',
  live: '正式',
}

/** The few lines that say what runs where and what to try next. */
export function welcome({ config, address, sandbox, database, logFile, hints }: Welcome): string {
  const lines = [
    '',
    `汇流 Huiliu 已启动 · ${modeWords[config.mode]}`,
    `  服务 server     ${address}  （/healthz /readyz /metrics）`,
    ...(sandbox === undefined ? [] : [`  沙箱 sandbox    ${sandbox}  ← 在浏览器里打开 open this`]),
    `  数据库 database ${database}`,
    `  日志 log        ${logFile}`,
  ]
  if (sandbox === undefined) return [...lines, ''].join('\n')
  return [
    ...lines,
    '',
    '接下来试试 try next:',
    ...hints.map(([label, command]) => `  ${label} ${command}`),
    '  重新开始 start anew     npm start -- --reset        停止 stop  Ctrl-C',
    '',
  ].join('\n')
}
