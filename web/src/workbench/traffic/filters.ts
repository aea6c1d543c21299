import type { TrafficLine } from '#sandbox/control/workbench-shapes.ts'

export interface Filters {
  text: string
  family: string
  direction: string
  outcome: string
}

export function readFilters(params: URLSearchParams): Filters {
  const of = (name: string) => params.get(name) ?? ''
  return { text: of('q'), family: of('family'), direction: of('dir'), outcome: of('is') }
}

export type Outcome = 'ok' | 'refused' | 'pending'

/** How a call or delivery ended; an answer with a code counts as refused whatever its HTTP status. */
export function outcomeOf(line: TrafficLine): Outcome {
  if (line.delivery?.failure !== undefined) return 'refused'
  if (line.status === undefined) return line.fault || line.ms !== undefined ? 'refused' : 'pending'
  const isOk = line.status < 400 && (line.code === undefined || line.code === 0 || line.direction === 'out')
  return isOk || (line.family !== 'events' && line.code === 10000) ? 'ok' : 'refused'
}

/** Lines that pass every filter; the text is looked for in path, note, code and fault. */
export function filtered(lines: readonly TrafficLine[], filters: Filters): TrafficLine[] {
  const wanted = filters.text.trim().toLowerCase()
  return lines.filter((line) => {
    if (filters.family !== '' && line.family !== filters.family) return false
    if (filters.direction !== '' && line.direction !== filters.direction) return false
    if (filters.outcome === 'fault' && line.fault === undefined) return false
    if ((filters.outcome === 'ok' || filters.outcome === 'refused') && outcomeOf(line) !== filters.outcome)
      return false
    const { method, url, note, code, status, fault } = line
    const searched = [method, url, note, code, status, fault].join(' ').toLowerCase()
    return wanted === '' || searched.includes(wanted)
  })
}
