import { spawn } from 'node:child_process'
import { Command } from 'commander'
import { type ImportOptions, importCommand } from './cli/import.ts'
import { migrateOnly } from './cli/open-database.ts'
import { start } from './cli/start.ts'
import { readConfig } from './config.ts'
import { sandboxNodeArgs } from './demo/sandbox-process.ts'
import { AppError, messageOf } from './errors.ts'
import { installation, sandboxEntry, version } from './main.ts'

/** What went wrong, for a person: the message of an expected error, the whole of a surprise. */
function report(error: unknown): void {
  if (error instanceof AppError) console.error(`${error.message}\n（${error.code}）`)
  else console.error(error instanceof Error ? error.stack : messageOf(error))
}

async function runMigrations(): Promise<void> {
  const config = readConfig(installation)
  await migrateOnly(config, { say: console.log, onLost: (error) => console.error(error.message) })
  console.log('数据库已是最新版本。The database is up to date.')
}

/** The sandbox alone, as its own process. */
function runSandbox(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [...sandboxNodeArgs, sandboxEntry, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      process.exitCode = code ?? 0
      resolve()
    })
  })
}

function program(): Command {
  const huiliu = new Command('huiliu').description('汇流：订单、退款与指标汇入飞书').version(version)
  huiliu
    .command('start')
    .description('启动全部服务 start everything')
    .option('--reset', '演示模式：清空数据重新开始 start a new demo world', false)
    .action((options: { reset: boolean }) => start(options))
  huiliu
    .command('sandbox')
    .description('只启动沙箱 the sandbox alone')
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .action((_options, command: Command) => runSandbox(command.args))
  huiliu
    .command('migrate')
    .description('升级数据库结构 bring the database to this version')
    .action(runMigrations)
  huiliu
    .command('import')
    .description('从表格文件导入订单或退款单 import orders or refunds from a file')
    .argument('<file>', '.xlsx 或 .csv')
    .requiredOption('--shop <id>', '店铺编号 shop id')
    .option('--dry-run', '只预览，不写入 show what would change', false)
    .option(
      '--map <字段=列名>',
      '指定列，可多次 name a column, repeatable',
      (value, all: string[]) => [...all, value],
      [],
    )
    .option('--refused <file>', '未导入的行写到哪里 where refused rows go')
    .action((file: string, options: ImportOptions) => importCommand(file, options))
  return huiliu
}

/** Runs a command line; expected errors end with exit code 1 and a message that says what to do. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...args], { from: 'user' })
    process.exitCode ??= 0
  } catch (error) {
    report(error)
    process.exitCode = 1
  }
  // Nothing is left to do; a stray handle must not keep a stopped product alive.
  process.exit()
}
