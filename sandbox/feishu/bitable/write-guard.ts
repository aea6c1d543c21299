import { setTimeout as delay } from 'node:timers/promises'
import type { ApiCall } from '../../kernel/types.ts'
import { queryText } from './query.ts'
import { refuse } from './refusal.ts'
import type { Base, World } from './state.ts'

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
/** UNVERIFIED: the platform does not say how long it remembers a client_token. */
const tokenMemoryMs = 24 * 3_600_000
const tokensKept = 20_000

/**
 * One write at a time per base: while one is under way any other answers 1254291. The hold is real time, so that two
 * callers that do not wait for each other meet here as they would on the platform.
 */
export async function oneWriteAtATime<T>(world: World, base: Base, write: () => T): Promise<T> {
  if (world.writing.has(base.app_token))
    refuse(1254291, `another write to base ${base.app_token} is in flight`)
  world.writing.add(base.app_token)
  try {
    await delay(Math.max(5, world.kernel.settings.latencyMs * 0.3))
    return write()
  } finally {
    world.writing.delete(base.app_token)
  }
}

/**
 * Runs `write` under the call's client_token, if it has one: a token in flight answers 1255006, one that already
 * succeeded 1254608 without saying what it made.
 */
export async function oncePerToken<T>(
  world: World,
  base: Base,
  call: ApiCall,
  write: () => Promise<T>,
): Promise<T> {
  const token = queryText(call.query, 'client_token')
  if (token === undefined || token === '') return write()
  if (!uuidV4.test(token)) refuse(1254037, `client_token ${token} is not a uuid v4`)
  const key = `${base.app_token}/${token.toLowerCase()}`
  if (world.tokensInFlight.has(key)) refuse(1255006, `a call with client_token ${token} is in flight`)
  if (isRemembered(world, key)) refuse(1254608, `client_token ${token} was used by a call that succeeded`)
  world.tokensInFlight.add(key)
  try {
    const answer = await write()
    remember(world, key)
    return answer
  } finally {
    world.tokensInFlight.delete(key)
  }
}

function usedTokens(world: World): Record<string, number> {
  return world.kernel.state('bitable-tokens', () => ({}) as Record<string, number>)
}

function isRemembered(world: World, key: string): boolean {
  const at = usedTokens(world)[key]
  return at !== undefined && world.kernel.clock.now() - at < tokenMemoryMs
}

function remember(world: World, key: string): void {
  const used = usedTokens(world)
  delete used[key]
  used[key] = world.kernel.clock.now()
  const keys = Object.keys(used)
  if (keys.length > tokensKept * 1.1)
    for (const old of keys.slice(0, keys.length - tokensKept)) delete used[old]
  world.kernel.changed('bitable-tokens')
}
