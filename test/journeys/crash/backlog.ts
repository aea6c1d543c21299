/** What the product itself says is still to do, from /metrics. */

/** Gauges that must be zero once nothing is left to do. */
const settled = [
  'inbox_new',
  'events_new',
  'fetches_new',
  'rows_behind',
  'cards_behind',
  'cases_wanted',
  'cases_open',
]
/** Gauges that must be zero always: work somebody would have to pick up by hand. */
const givenUp = ['inbox_parked', 'events_parked', 'rows_parked', 'cards_parked', 'cases_parked', 'tasks_dead']

/** `undefined` when the product does not answer. */
export async function readBacklog(productUrl: string): Promise<Map<string, number> | undefined> {
  try {
    const response = await fetch(`${productUrl}/metrics`, { signal: AbortSignal.timeout(5_000) })
    const gauges = (await response.text()).matchAll(/^huiliu_backlog_(\w+) (\S+)$/gm)
    return new Map([...gauges].map(([, name = '', value]) => [name, Number(value)]))
  } catch {
    return undefined
  }
}

export function judgeBacklog(backlog: Map<string, number> | undefined): string[] {
  if (backlog === undefined) return ['the product does not answer /metrics']
  return [...settled, ...givenUp]
    .filter((name) => backlog.get(name) !== 0)
    .map((name) => `backlog ${name} is ${backlog.get(name)}`)
}
