import type { OwnKernel } from '../kernel/create-kernel.ts'
import type { TrafficEntry } from '../kernel/traffic.ts'
import { ApiFailure } from '../kernel/types.ts'
import type { TrafficDetail, TrafficLine, TrafficList, TrafficTry } from './workbench-shapes.ts'

const mostLines = 400

/** The inspector's list (cheap: no bodies) and one entry with everything known about it. */
export function registerTrafficView(kernel: OwnKernel): void {
  kernel.web(
    'GET',
    'workbench/traffic',
    (): TrafficList => ({ lines: kernel.traffic.list(mostLines).map(lineOf) }),
  )
  kernel.web('GET', 'workbench/traffic/:n', (call): TrafficDetail => {
    const entry = kernel.traffic.find(Number(call.params.n))
    if (!entry) throw new ApiFailure(404, '这条记录已经不在了 this entry is no longer kept', { status: 404 })
    return {
      ...lineOf(entry),
      ...(entry.route !== undefined && { route: entry.route }),
      request: entry.request,
      answer: entry.answer,
      violations: violationsOf(entry.answer),
      ...(entry.delivery?.wire !== undefined && { wire: entry.delivery.wire }),
      tries: triesOf(kernel, entry),
    }
  })
}

function lineOf(entry: TrafficEntry): TrafficLine {
  const { request: _request, answer: _answer, route: _route, delivery, ...line } = entry
  if (!delivery) return line
  const { type, attempt, nextAt, failure } = delivery
  return { ...line, delivery: { type, attempt, nextAt, ...(failure !== undefined && { failure }) } }
}

function triesOf(kernel: OwnKernel, { delivery }: TrafficEntry): TrafficTry[] {
  if (!delivery) return []
  const same = kernel.traffic.list(mostLines).filter((entry) => entry.delivery?.key === delivery.key)
  return same.reverse().flatMap(({ n, at, ms, delivery: one }) => {
    if (!one) return []
    const { attempt, failure, nextAt } = one
    return [
      { n, at, attempt, nextAt, ...(ms !== undefined && { ms }), ...(failure !== undefined && { failure }) },
    ]
  })
}

function violationsOf(answer: unknown): TrafficDetail['violations'] {
  const found = (answer as { error?: { field_violations?: unknown } } | undefined)?.error?.field_violations
  if (!Array.isArray(found)) return []
  return found.filter((one): one is TrafficDetail['violations'][number] => typeof one?.field === 'string')
}
