/** Channel tokens: encrypted at rest, refreshed early, by one process at a time. */
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AuthorizeDeps, ConnectorLog, Http, Token } from '#src/contracts/connector.ts'
import type { Database, Executor } from '#src/db/database.ts'
import { tokens } from '#src/db/schema/index.ts'
import { AppError } from '#src/errors.ts'
import type { Sealer } from '#src/secrets/sealer.ts'
import type { IntakeSource } from './source.ts'

export interface TokenKeeperDeps {
  database: Database
  sealer: Sealer
  http(source: IntakeSource): Http
  now(): number
  log: ConnectorLog
}

export interface TokenKeeper {
  /** A live access token. */
  token(source: IntakeSource): Promise<string>
  /**
   * Runs calls of a connector; when the other side rejects the token (AppError `connector_token_rejected`), the token
   * is renewed and the calls run once more.
   */
  withToken<R>(source: IntakeSource, run: () => Promise<R>): Promise<R>
}

const rejected = 'connector_token_rejected'
const earliestMs = 3_600_000
const stored = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.number(),
  refreshExpiresAt: z.number().optional(),
})

interface Kept {
  token: Token
  updatedAt: number
}

export function createTokenKeeper(deps: TokenKeeperDeps): TokenKeeper {
  const live = new Map<string, Kept>()
  const renewing = new Map<string, Promise<string>>()

  const renewOnce = (source: IntakeSource): Promise<string> => {
    const name = accountOf(source)
    const running = renewing.get(name)
    if (running !== undefined) return running
    const renewed = renew(deps, source)
      .then((kept) => {
        live.set(name, kept)
        return kept.token.accessToken
      })
      .finally(() => renewing.delete(name))
    renewing.set(name, renewed)
    return renewed
  }
  const token = async (source: IntakeSource): Promise<string> => {
    const kept = live.get(accountOf(source))
    return kept !== undefined && !isDue(kept, deps.now()) ? kept.token.accessToken : await renewOnce(source)
  }
  return {
    token,
    withToken: async (source, run) => {
      const used = source.connector.authorize === undefined ? '' : await token(source)
      try {
        return await run()
      } catch (error) {
        const mayRenew = source.connector.authorize !== undefined
        if (!mayRenew || !(error instanceof AppError) || error.code !== rejected) throw error
        deps.log.warn({ source: accountOf(source) }, 'token rejected, renewing it')
        live.delete(accountOf(source))
        await evict(deps, source, used)
        return await run()
      }
    },
  }
}

/** Renewed in the last tenth of its life, at most an hour early. */
function isDue(kept: Kept, now: number): boolean {
  const life = kept.token.expiresAt - kept.updatedAt
  return now >= kept.token.expiresAt - Math.min(earliestMs, life / 10)
}

/** Under a lock that holds across processes: whoever waited finds the token the other one got. */
async function renew(deps: TokenKeeperDeps, source: IntakeSource): Promise<Kept> {
  const { connector, shop, config } = source
  return await deps.database.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`token:${accountOf(source)}`}, 0))`)
    const kept = await read(deps, tx, source)
    if (kept !== undefined && !isDue(kept, deps.now())) return kept
    if (connector.authorize === undefined)
      throw new AppError('connector_no_token', `${connector.label} has no authorisation to run`)
    const authorizeDeps: AuthorizeDeps<unknown> = {
      config,
      shop,
      http: deps.http(source),
      now: deps.now,
      log: deps.log,
    }
    const token = await connector.authorize(authorizeDeps, kept?.token)
    return await write(deps, tx, source, token)
  })
}

async function read(
  deps: TokenKeeperDeps,
  executor: Executor,
  source: IntakeSource,
): Promise<Kept | undefined> {
  const [row] = await executor.select().from(tokens).where(rowOf(source))
  if (row === undefined) return undefined
  const token = openToken(deps, source, row.sealed)
  // Sealed under another key: the shop is authorised again, nothing else is lost.
  if (token === undefined) return undefined
  return { token: { ...token, expiresAt: row.expiresAt }, updatedAt: row.updatedAt }
}

function openToken(deps: TokenKeeperDeps, source: IntakeSource, sealed: string): Token | undefined {
  try {
    const { refreshToken, refreshExpiresAt, ...token } = stored.parse(
      JSON.parse(deps.sealer.open(sealed, purposeOf(source))),
    )
    return {
      ...token,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(refreshExpiresAt === undefined ? {} : { refreshExpiresAt }),
    }
  } catch {
    deps.log.warn({}, 'a stored channel token cannot be opened with the present HUILIU_SECRET_KEY')
    return undefined
  }
}

async function write(
  deps: TokenKeeperDeps,
  executor: Executor,
  source: IntakeSource,
  token: Token,
): Promise<Kept> {
  const updatedAt = deps.now()
  const row = {
    sealed: deps.sealer.seal(JSON.stringify(token), purposeOf(source)),
    expiresAt: token.expiresAt,
    refreshExpiresAt: token.refreshExpiresAt ?? null,
    updatedAt,
  }
  await executor
    .insert(tokens)
    .values({ shopId: holderOf(source), connector: source.connector.id, ...row })
    .onConflictDoUpdate({ target: [tokens.shopId, tokens.connector], set: row })
  return { token, updatedAt }
}

/** Ends the life of the token that was rejected, and only of that one: another process may have renewed it. */
async function evict(deps: TokenKeeperDeps, source: IntakeSource, used: string): Promise<void> {
  const kept = await read(deps, deps.database.db, source)
  if (kept === undefined || kept.token.accessToken !== used) return
  await deps.database.db.update(tokens).set({ expiresAt: 0 }).where(rowOf(source))
}

const rowOf = (source: IntakeSource) =>
  and(eq(tokens.shopId, holderOf(source)), eq(tokens.connector, source.connector.id))

const holderOf = (source: IntakeSource) => source.account ?? source.shop.id
const accountOf = (source: IntakeSource) => `${holderOf(source)}/${source.connector.id}`
const purposeOf = (source: IntakeSource) => `token:${accountOf(source)}`
