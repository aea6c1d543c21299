import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { AppError } from '#src/errors.ts'

/** The OS user PostgreSQL runs as, when it is not our own. */
export interface OsUser {
  name: string
  uid: number
  gid: number
}

const userName = 'postgres'

/**
 * PostgreSQL refuses to run as root. Started as root, it runs as the OS user `postgres`, which is created when
 * missing; undefined: as ourselves.
 * @throws AppError `database_no_user` when it neither exists nor can be created
 */
export async function databaseUser(): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const existing = await findUser()
  if (existing !== undefined) return existing
  createUser()
  const created = await findUser()
  if (created !== undefined) return created
  throw new AppError(
    'database_no_user',
    `PostgreSQL does not run as root, and the user "${userName}" neither exists nor could be created. Create it ("useradd --system ${userName}"), start as an ordinary user, or set DATABASE_URL. PostgreSQL 不能以 root 运行：请创建系统用户 ${userName}，或改用普通用户启动。`,
  )
}

/** Whether that user can enter a folder: every folder above it must let the user through. */
export function canEnter(user: OsUser | undefined, folder: string): boolean {
  if (user === undefined) return true
  const probe = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
    stdio: 'ignore',
  })
  return probe.status === 0
}

async function findUser(): Promise<OsUser | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${userName}:`))
  if (line !== undefined) {
    const [, , uid, gid] = line.split(':')
    return { name: userName, uid: Number(uid), gid: Number(gid) }
  }
  // Users that come from a directory service, or macOS, are not in the file.
  const uid = spawnSync('id', ['-u', userName], { encoding: 'utf8' })
  const gid = spawnSync('id', ['-g', userName], { encoding: 'utf8' })
  if (uid.status !== 0 || gid.status !== 0) return undefined
  return { name: userName, uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

function createUser(): void {
  const useradd = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', userName])
  if (useradd.status === 0) return
  // Alpine and other BusyBox systems.
  spawnSync('adduser', ['-S', '-D', '-H', '-s', '/bin/false', userName])
}
