import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure } from '../kernel/types.ts'

/**
 * `GET faults` lists; `POST faults` adds one (`{kind, route?, family?, times?, probability?, …}`), several
 * (`{faults: […]}`) or removes (`{clear: true}` all, `{clear: id}` one).
 */
export function registerFaultControl(kernel: OwnKernel): void {
  kernel.control('GET', 'faults', () => ({ faults: kernel.faults.list() }))
  kernel.control('POST', 'faults', (call) => {
    const { clear, faults, ...one } = call.body
    if (clear !== undefined) kernel.faults.clear(typeof clear === 'string' ? clear : undefined)
    for (const fault of faults === undefined ? [] : listOf(faults)) kernel.faults.add(fault)
    if (one.kind !== undefined) kernel.faults.add(one)
    else if (clear === undefined && faults === undefined)
      throw new ApiFailure(400, 'kind, faults or clear is needed')
    kernel.events.longConnection.strike()
    return { faults: kernel.faults.list() }
  })
}

function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new ApiFailure(400, 'faults must be an array')
  return value.map((item) => {
    if (typeof item !== 'object' || item === null) throw new ApiFailure(400, 'a fault must be an object')
    return item as Record<string, unknown>
  })
}
