import { basename, dirname, extname, join } from 'node:path'
import { systemClock } from '#src/clock.ts'
import { type Config, readConfig, type ShopConfig } from '#src/config.ts'
import { openDatabase } from '#src/db/database.ts'
import { findEmbedded } from '#src/db/embedded/server.ts'
import { fetchWorldState, worldFrom } from '#src/demo/world.ts'
import { AppError } from '#src/errors.ts'
import { recordKindWords } from '#src/imports/columns.ts'
import { type ImportReport, importFile } from '#src/imports/import-file.ts'
import type { IntakeSource } from '#src/intake/source.ts'
import { content, demo, installation } from '../main.ts'

export interface ImportOptions {
  shop: string
  dryRun: boolean
  /** `ours=theirs`, several */
  map: readonly string[]
  refused?: string
}

const percent = (share: number) => `${Math.round(share * 100)}%`

/** `huiliu import FILE --shop ID`: tells what was taken and what was not. */
export async function importCommand(path: string, options: ImportOptions): Promise<void> {
  const config = readConfig(installation)
  const shop = (await shopsOf(config)).find((one) => one.id === options.shop)
  if (shop === undefined) throw unknownShop(options.shop, await shopsOf(config))
  const url = config.databaseUrl ?? (await findEmbedded(config.dataDir))
  if (url === undefined)
    throw new AppError(
      'import_not_running',
      'Start Huiliu first: the import goes through its database. 请先启动汇流（npm start），导入会写入它的数据库。',
    )
  const database = openDatabase(url, { max: 2, onError: () => undefined })
  try {
    const report = await importFile(
      { database, roleOf: roleOf(config), now: systemClock.now, onProgress: progress() },
      {
        path,
        source: sourceOf(shop),
        wishes: wishesOf(options.map),
        dryRun: options.dryRun,
        refusedPath: options.refused ?? refusedPathOf(path),
      },
    )
    process.stdout.write('\r')
    console.log(inWords(report, options.dryRun))
    if (report.refused > 0) process.exitCode = 2
  } finally {
    await database.close()
  }
}

async function shopsOf(config: Config): Promise<readonly ShopConfig[]> {
  if (config.mode !== 'demo' && config.mode !== 'trial') return config.shops
  const baseUrl = `http://127.0.0.1:${config.sandboxPort}`
  return worldFrom(baseUrl, await fetchWorldState(baseUrl), demo).config.shops
}

function unknownShop(id: string, shops: readonly ShopConfig[]): AppError {
  const known = shops.map((shop) => `${shop.id}（${shop.name}）`).join('、')
  return new AppError(
    'import_unknown_shop',
    `There is no shop "${id}". 没有店铺「${id}」，可用：${known || '（还没有配置店铺）'}`,
  )
}

/** Any shop may be imported into; its orders keep the platform of its own connector. */
function sourceOf(shop: ShopConfig): IntakeSource {
  const reader = content.connectors.find((connector) => connector.sheets !== undefined)
  const own = content.connectors.find((connector) => connector.id === shop.connector)
  if (reader === undefined)
    throw new AppError('import_not_possible', 'No connector reads files. 没有可读文件的连接器。')
  const config =
    own?.id === reader.id ? reader.config.parse(shop.config) : { platform: own?.platform ?? reader.platform }
  return { shop: { id: shop.id, name: shop.name }, connector: reader, config }
}

const roleOf = (_config: Config) => {
  const roles = new Map(content.connectors.map(({ id, role }) => [id, role]))
  return (id: string) => roles.get(id) ?? 'file'
}

function wishesOf(map: readonly string[]): Record<string, string> {
  const pairs = map.map((pair) => {
    const at = pair.indexOf('=')
    if (at === -1)
      throw new AppError(
        'import_map_invalid',
        `--map "${pair}" is not ours=theirs. --map 请写成 字段=列名，例如 --map 订单号=平台单号`,
      )
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
  })
  return Object.fromEntries(pairs)
}

function refusedPathOf(path: string): string {
  return join(dirname(path), `${basename(path, extname(path))}-未导入.csv`)
}

/** A line that renews itself, on a terminal only. */
function progress(): (rows: number, share: number) => void {
  let shown = 0
  return (rows, share) => {
    if (!process.stdout.isTTY || rows - shown < 1_000) return
    shown = rows
    process.stdout.write(`\r已读取 ${rows} 行（${percent(share)}）`)
  }
}

function inWords(report: ImportReport, dryRun: boolean): string {
  const { kind, file, columns, rows, created, changed, unchanged, refused, reasons, differences } = report
  const what = recordKindWords[kind]
  const doubtful = columns.filter((column) => column.confidence < 0.8)
  return [
    `${file.kind === 'xlsx' ? `工作表「${file.sheet}」` : `CSV（${file.encoding}）`}，${what}，${rows} 行`,
    `列对应：${columns.map((column) => `${column.label}←${column.header}`).join('，')}`,
    ...(doubtful.length > 0
      ? [`请核对（按内容猜测）：${doubtful.map((column) => `${column.label}←${column.header}`).join('，')}`]
      : []),
    `${dryRun ? '将新增' : '新增'} ${created}，${dryRun ? '将更新' : '更新'} ${changed}，无变化 ${unchanged}，未导入 ${refused} 行`,
    ...differences
      .slice(0, 10)
      .map(
        ({ number, path, before, after }) =>
          `  ${number} ${path}：${JSON.stringify(before) ?? '无'} → ${JSON.stringify(after) ?? '无'}`,
      ),
    ...reasons.map((reason) => `  ✗ ${reason}`),
    ...(report.refusedPath === undefined
      ? []
      : [`未导入的行已保存到 ${report.refusedPath}，修正后可再次导入`]),
    ...(dryRun ? ['以上为预览，没有写入任何数据；去掉 --dry-run 即导入'] : []),
  ].join('\n')
}
