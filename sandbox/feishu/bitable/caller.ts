import { AsyncLocalStorage } from 'node:async_hooks'
import type { ApiCall } from '../../kernel/types.ts'
import type { World } from './state.ts'

const callers = new AsyncLocalStorage<string>()

/** Runs the handling of a call as whoever its token belongs to: a person, or else the app. */
export function asCaller<T>(world: World, call: ApiCall, handle: () => T): T {
  return callers.run(call.user ?? world.kernel.identity().botOpenId, handle)
}

/** open_id of who makes the call that is being handled; the bot's for the app and outside of calls. */
export function callerOf(world: Pick<World, 'kernel'>): string {
  return callers.getStore() ?? world.kernel.identity().botOpenId
}

/** Whether a person's token came with the call. */
export function isPerson(world: Pick<World, 'kernel'>): boolean {
  return callerOf(world) !== world.kernel.identity().botOpenId
}
