/** What a log line, a parked error and an alert may hold: reasons, never the values that a statement or a call carried. */
import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { buildApp } from '#src/app.ts'
import { AppError, messageOf, toAppError } from '#src/errors.ts'
import { createLogger } from '#src/log.ts'
import { useDatabase } from '../support/database.ts'

const database = useDatabase()

/** A failing statement of the real driver whose parameters are private. */
async function failingStatement(): Promise<unknown> {
  const doc = JSON.stringify({ phone: '13912345678-CANARY', token: 'CANARY-token' })
  return database.db.execute(sql`select ${doc}::jsonb ->> 0, 1 / 0`).catch((error: unknown) => error)
}

async function logged(error: unknown): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'huiliu-log-')), 'huiliu.log')
  const log = createLogger({ file })
  log.error({ err: error }, 'it failed')
  log.flush()
  const text = await readFile(file, 'utf8')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  return text
}

test('A failing statement is told with its reason and place, without the values it carried', async () => {
  const error = await failingStatement()
  expect(String((error as Error).message)).toContain('CANARY')
  expect(messageOf(error)).toBe('division by zero')
  expect(toAppError(error).message).toBe('division by zero')
  const line = await logged(toAppError(error))
  expect(line).toContain('division by zero')
  expect(line).toContain('22012')
  expect(line).toContain('log-leaks.test.ts')
  expect(line).not.toContain('CANARY')
})

test('The details a database names a conflicting value in are not logged', async () => {
  await database.pool.query('create table secrets_of (value text primary key)')
  const insert = () => database.db.execute(sql`insert into secrets_of values ('CANARY-value')`)
  await insert()
  const line = await logged(await insert().catch((error: unknown) => error))
  expect(line).toContain('secrets_of_pkey')
  expect(line).not.toContain('CANARY')
})

test('A wrong connection string does not tell its password', async () => {
  const pool = new Pool({ connectionString: 'postgres://huiliu:CANARY@127.0.0.1:1/none' })
  const error = await pool.query('select 1').catch((thrown: unknown) => thrown)
  await pool.end()
  expect(await logged(error)).not.toContain('CANARY')
  const invalid = (() => {
    try {
      return new URL('postgres://huiliu:CANARY@:bad:port/none')
    } catch (thrown) {
      return thrown
    }
  })()
  expect(invalid).toBeInstanceOf(TypeError)
  expect(await logged(invalid)).not.toContain('CANARY')
})

test('Causes are told to a depth that ends, with the stable code of each', async () => {
  const inner = new AppError('inner_code', 'the reason', { context: { path: 'a.b', token: 'CANARY' } })
  const looped = new Error('outer', { cause: inner })
  Object.assign(inner, { cause: looped })
  const line = await logged(looped)
  expect(line).toContain('inner_code')
  expect(line).toContain('a.b')
  expect(line).not.toContain('CANARY')
  expect(await logged('thrown text')).toContain('thrown text')
  expect(await logged(null)).toContain('it failed')
})

test('Secrets are hidden by the name of their member at any depth, whatever its spelling', async () => {
  const names = ['appSecret', 'app_secret', 'secret', 'encryptKey', 'verificationToken', 'access_token']
  const more = ['refreshToken', 'tenant_access_token', 'Authorization', 'password', 'mobile', 'phone', 'sign']
  const file = join(await mkdtemp(join(tmpdir(), 'huiliu-log-')), 'huiliu.log')
  const log = createLogger({ file })
  for (const name of [...names, ...more, 'HUILIU_SECRET_KEY']) {
    log.warn({ [name]: 'CANARY', a: { b: [{ c: { d: { [name]: 'CANARY' } } }] } }, name)
  }
  log.info({ trace: 'k3f9a2m4', subject: 'order:douyin:69', rows: 3, at: new Date(0), none: null }, 'kept')
  log.flush()
  const text = await readFile(file, 'utf8')
  expect(text).not.toContain('CANARY')
  expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({
    ...{ trace: 'k3f9a2m4', subject: 'order:douyin:69', rows: 3, at: '1970-01-01T00:00:00.000Z', none: null },
  })
})

test('A request that fails tells the caller nothing and the log no values', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'huiliu-log-')), 'huiliu.log')
  const log = createLogger({ file })
  const fails = async () => {
    throw await failingStatement()
  }
  const plugins = [(scope: FastifyInstance) => void scope.get('/fails', fails)]
  const answer = await buildApp({ log, clock: { now: () => 0 }, plugins }).inject('/fails?token=CANARY')
  log.flush()
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toMatch(/CANARY|division/)
  const line = await readFile(file, 'utf8')
  expect(line).toContain('division by zero')
  expect(line).not.toContain('CANARY')
})
