import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#src/errors.ts'

/**
 * The key that secrets in the database are encrypted under, 32 bytes in base64: the configured one, else the one in
 * the data directory, which is generated (readable by its owner only) on the first start.
 * @throws AppError `secret_key_invalid`
 */
export async function loadSecretKey(config: { dataDir: string; secretKey?: string }): Promise<string> {
  if (config.secretKey !== undefined) return config.secretKey
  const file = join(config.dataDir, 'secret-key')
  const existing = await readKey(file)
  if (existing !== undefined) return existing
  await mkdir(config.dataDir, { recursive: true })
  const fresh = `${file}.${randomUUID()}.new`
  await writeFile(fresh, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  // Appears whole, and never replaces one that another process made meanwhile.
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(fresh)
  const key = await readKey(file)
  if (key === undefined) throw new Error('the key was just written')
  return key
}

async function readKey(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  if (Buffer.from(text.trim(), 'base64').length === 32) return text.trim()
  throw new AppError(
    'secret_key_invalid',
    `${file} does not hold a key of 32 bytes in base64. Restore it from a backup; without it the shops must be authorised again (then delete the file). 密钥文件损坏：请从备份恢复；否则删除该文件并重新授权店铺。`,
  )
}
