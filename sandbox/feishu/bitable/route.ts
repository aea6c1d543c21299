import type { ApiCall, ApiRoute } from '../../kernel/types.ts'
import { asCaller } from './caller.ts'
import { type Family, Refusal, toFailure } from './refusal.ts'
import type { World } from './state.ts'

const root = '/open-apis/bitable/v1/apps'

export const paths = {
  apps: root,
  app: `${root}/:app_token`,
  tables: `${root}/:app_token/tables`,
  table: `${root}/:app_token/tables/:table_id`,
} as const

/** Registers one API of the base, for the app and for people by their own tokens; refusals answer with the HTTP status of its family. */
export function serve(
  world: World,
  family: Family,
  route: Omit<ApiRoute, 'handle'>,
  handle: (call: ApiCall) => unknown | Promise<unknown>,
): void {
  world.kernel.api({
    auth: 'any',
    ...route,
    handle: async (call) => {
      try {
        return await asCaller(world, call, () => handle(call))
      } catch (error) {
        throw error instanceof Refusal ? toFailure(family, error) : error
      }
    },
  })
}
