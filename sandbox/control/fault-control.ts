import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall } from '../kernel/types.ts'

/**
 * `GET faults` lists; `POST faults` adds one (`{kind, route?, family?, times?, probability?, …}`), several
 * (`{faults: […]}`) or removes (`{clear: true}` all, `{clear: id}` one).
 */
export function registerFaultControl(kernel: OwnKernel): void {
  kernel.control('GET', 'faults', {
    about: { zh: '正在生效的故障', en: 'Faults in force' },
    handle: () => ({ faults: kernel.faults.list() }),
  })
  kernel.control('POST', 'faults', {
    about: {
      zh: '加上或移除故障',
      en: 'Adds faults, or removes them',
      fields: {
        kind: 'http_429 | 5xx | slow | …',
        family: 'feishu | im | bitable | …',
        route: 'POST /open-apis/im/v1/messages, or a prefix ending in *',
        times: 'how many calls; absent: until removed',
        probability: '0–1',
        ms: 'ms',
        code: 'code of the refusal',
        clear: 'true: all, or an id',
      },
      example: { kind: 'http_429', family: 'im', times: 3 },
    },
    handle: (call) => changeFaults(kernel, call),
  })
}

function changeFaults(kernel: OwnKernel, call: ControlCall): unknown {
  const { clear, faults, ...one } = call.body
  if (clear !== undefined) kernel.faults.clear(typeof clear === 'string' ? clear : undefined)
  for (const fault of faults === undefined ? [] : listOf(faults)) kernel.faults.add(fault)
  if (one.kind !== undefined) kernel.faults.add(one)
  else if (clear === undefined && faults === undefined)
    throw new ApiFailure(400, 'kind, faults or clear is needed')
  kernel.events.longConnection.strike()
  return { faults: kernel.faults.list() }
}

function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new ApiFailure(400, 'faults must be an array')
  return value.map((item) => {
    if (typeof item !== 'object' || item === null) throw new ApiFailure(400, 'a fault must be an object')
    return item as Record<string, unknown>
  })
}
