import type { JobContext } from '#src/contracts/playbook.ts'
import { AppError } from '#src/errors.ts'
import { fetchRecord } from '#src/intake/fetch-record.ts'
import type { PullDeps } from '#src/intake/pull.ts'
import type { IntakeSource } from '#src/intake/source.ts'

/** Pulls one record again and stores it; without `connector`, from the shop's own channel. */
export function createRefresh(deps: PullDeps, sources: readonly IntakeSource[]): JobContext['refresh'] {
  return async (kind, shopId, externalId, connector) => {
    const source = sources.find(
      (s) =>
        s.shop.id === shopId &&
        (connector === undefined ? s.connector.role === 'channel' : s.connector.id === connector),
    )
    if (source === undefined) {
      throw new AppError('refresh_no_source', `Shop ${shopId} has no ${connector ?? 'channel'} to ask`)
    }
    const found = await fetchRecord(deps, { source, kind, externalId })
    if (!found) {
      throw new AppError('refresh_not_found', `${source.connector.id} does not know ${kind} ${externalId}`, {
        retry: 'backoff',
      })
    }
  }
}
