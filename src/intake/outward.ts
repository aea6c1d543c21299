/** Commands to channels and ERPs: recorded before they leave, one at a time per refund, only recorded in shadow mode. */
import { eq, sql } from 'drizzle-orm'
import type { CommandResult, Commands, ConnectorDeps, RefundCommand } from '#src/contracts/connector.ts'
import type { Outward } from '#src/contracts/playbook.ts'
import type { Database } from '#src/db/database.ts'
import { outward } from '#src/db/schema/index.ts'
import { AppError, toAppError } from '#src/errors.ts'
import { type ConnectorDepsOptions, connectorDeps, type IntakeSource, sourceName } from './source.ts'
import { storableText } from './storable-json.ts'
import { createTrace } from './trace.ts'
import { createTurns, type Turns } from './turns.ts'

export interface OutwardDeps extends ConnectorDepsOptions {
  database: Database
  sources: readonly IntakeSource[]
  /** shadow: outward commands are recorded and shown instead of executed. */
  mode: 'demo' | 'trial' | 'shadow' | 'live'
  /** Told how each command ended: `done`, `refused`, `failed`, `recorded`. */
  observe?: (connector: string, command: string, outcome: string) => void
}

/** Each command holds one connection for its lock, so only a few run at a time. */
type Deps = OutwardDeps & { turns: Turns }

export interface OutwardScope {
  trace: string
}

export interface Outwards {
  /** The shop's own channel. @throws AppError `outward_no_channel` */
  channel(shopId: string, scope?: OutwardScope): Promise<Outward>
  erp(shopId: string, scope?: OutwardScope): Promise<Outward | undefined>
}

type CommandName = keyof Commands<unknown>
type AnyCommand = RefundCommand & { decision?: 'approved' | 'rejected'; execute?: boolean }
type Command = (connector: ConnectorDeps<unknown>, command: AnyCommand) => Promise<CommandResult>
type Caller = (command: AnyCommand) => Promise<CommandResult>

export function createOutward(given: OutwardDeps): Outwards {
  const deps = { ...given, turns: createTurns(3) }
  const find = (shopId: string, role: 'channel' | 'erp') =>
    deps.sources.find(({ shop, connector }) => shop.id === shopId && connector.role === role)
  return {
    channel: async (shopId, scope) => {
      const source = find(shopId, 'channel')
      if (source === undefined)
        throw new AppError('outward_no_channel', `Shop ${shopId} has no channel in huiliu.config.ts`)
      return outwardOf(deps, source, scope)
    },
    erp: async (shopId, scope) => {
      const source = find(shopId, 'erp')
      return source === undefined ? undefined : outwardOf(deps, source, scope)
    },
  }
}

function outwardOf(deps: Deps, source: IntakeSource, scope: OutwardScope | undefined): Outward {
  const trace = scope?.trace ?? createTrace()
  const caller =
    (name: CommandName): Caller =>
    (command) =>
      execute(deps, { source, name, command, trace })
  return {
    id: source.connector.id,
    can: (command) => source.connector.commands[command] !== undefined,
    agreeRefund: caller('agreeRefund'),
    refuseRefund: caller('refuseRefund'),
    agreeReturn: caller('agreeReturn'),
    writeBackRefund: caller('writeBackRefund'),
  }
}

interface Execution {
  source: IntakeSource
  name: CommandName
  command: AnyCommand
  trace: string
}

async function execute(deps: Deps, execution: Execution): Promise<CommandResult> {
  const { source, name, command } = execution
  // Each command has its own extra fields; the interface Outward holds callers to them.
  const run = source.connector.commands[name] as Command | undefined
  if (run === undefined)
    throw new AppError('outward_unknown_command', `${source.connector.label} does not offer ${name}`)
  if (deps.mode === 'shadow') {
    await record(deps, execution, 'recorded')
    deps.observe?.(source.connector.id, name, 'recorded')
    return { outcome: 'done', already: false, detail: { shadow: true } }
  }
  return await oneAtATime(deps, lockKey(execution), async () => {
    const id = await record(deps, execution, 'open')
    try {
      const result = await deps.tokens.withToken(source, () => run(connectorDeps(deps, source), command))
      await close(deps, id, { state: result.outcome, result: { ...result } })
      deps.observe?.(source.connector.id, name, result.outcome)
      return result
    } catch (error) {
      const { code, message, outcome } = toAppError(error)
      deps.observe?.(source.connector.id, name, 'failed')
      await close(deps, id, { state: 'failed', result: { code, message: storableText(message), outcome } })
      throw error
    }
  })
}

async function record(
  deps: Deps,
  { source, name, command, trace }: Execution,
  state: 'open' | 'recorded',
): Promise<number> {
  const now = deps.now()
  const [row] = await deps.database.db
    .insert(outward)
    .values({
      connector: source.connector.id,
      shopId: source.shop.id,
      command: name,
      subject: `refund:${platformOf(deps, source)}:${command.refundNo}`,
      request: { ...command },
      state,
      startedAt: now,
      endedAt: state === 'open' ? null : now,
      trace,
    })
    .returning({ id: outward.id })
  if (row === undefined) throw new AppError('outward_not_recorded', 'A command could not be recorded')
  return row.id
}

async function close(
  deps: OutwardDeps,
  id: number,
  end: { state: string; result: Record<string, unknown> },
): Promise<void> {
  await deps.database.db
    .update(outward)
    .set({ ...end, endedAt: deps.now() })
    .where(eq(outward.id, id))
}

const lockKey = ({ source, command }: Execution) => `outward:${sourceName(source)}:${command.ref}`

/** Holds across processes; the lock goes with its transaction, so a process that dies frees it. */
async function oneAtATime<R>(deps: Deps, key: string, run: () => Promise<R>): Promise<R> {
  return await deps.turns(() =>
    deps.database.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
      return await run()
    }),
  )
}

/** An ERP's own id is no platform: the refund belongs to where its shop sells. */
function platformOf(deps: OutwardDeps, source: IntakeSource): string {
  const channel = deps.sources.find(
    ({ shop, connector }) => shop.id === source.shop.id && connector.role === 'channel',
  )
  return channel?.connector.platform ?? source.connector.platform
}
