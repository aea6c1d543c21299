import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { spotNamed } from '../by-hand.ts'
import { Refusal, toFailure } from '../refusal.ts'
import type { Spot, World } from '../state.ts'
import { type Eyes, eyesOf } from './access.ts'

type Method = Parameters<Kernel['web']>[0]

/** Registers `/_web/base/<path>` answered as a person; refusals of the base come in the platform's words. */
export function answerAs(
  world: World,
  method: Method,
  path: string,
  act: (call: WebCall, openId: string) => unknown,
): void {
  world.kernel.web(method, `base${path === '' ? '' : `/${path}`}`, async (call) => {
    const { open_id } = personOf(world.kernel, call)
    try {
      return await act(call, open_id)
    } catch (error) {
      throw error instanceof Refusal ? worded(error) : error
    }
  })
}

function worded(refusal: Refusal): ApiFailure {
  const { message, code } = toFailure('records', refusal)
  const status = code === 91403 || code === 1254302 ? 403 : 400
  return new ApiFailure(code, `${message}: ${refusal.message}`, { status })
}

export interface TableCall extends WebCall {
  openId: string
  spot: Spot
  eyes: Eyes
}

/** Registers `/_web/base/:app/tables/:table<path>`; a table the person may not see does not exist for them. */
export function answerForTable(
  world: World,
  method: Method,
  path: string,
  act: (call: TableCall) => unknown,
): void {
  answerAs(world, method, `:app/tables/:table${path}`, (call, openId) => {
    const spot = spotNamed(world, call.params.app ?? '', call.params.table ?? '')
    const eyes = eyesOf(world, spot.base, openId)
    eyes.sight(spot.table)
    return act({ ...call, openId, spot, eyes })
  })
}

export function queryText({ query }: Pick<WebCall, 'query'>, name: string): string {
  const value = query[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** A whole number of the query between 0 and `most`; `otherwise` when it is none. */
export function queryNumber(
  call: Pick<WebCall, 'query'>,
  name: string,
  { otherwise, most }: { otherwise: number; most: number },
): number {
  const text = queryText(call, name)
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), most) : otherwise
}
