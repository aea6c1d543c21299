import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the product counts, for /metrics (Prometheus text format). Labels never carry personal data. */
export interface Metrics {
  readonly registry: Registry
  /** Something arrived at a front door: `new`, `duplicate`, `refused`, `parked`. */
  received(source: string, outcome: string): void
  /** An event of the inbox was handled: `done`, `retry`, `parked`. */
  handled(eventType: string, outcome: string): void
  feishuCall(api: string, purpose: string, ok: boolean): void
  /** Wish to visible. */
  shown(what: 'card' | 'digest' | 'patch', ms: number): void
  press(ms: number): void
  pulled(connector: string, resource: string, records: number): void
  pullFailed(connector: string, resource: string): void
  /** Age of what has not been pulled yet. */
  pullLag(shop: string, connector: string, resource: string, ms: number): void
  command(connector: string, command: string, outcome: string): void
  rowsCall(operation: string, rows: number, ok: boolean): void
}

const seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60]

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'huiliu_' })
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `huiliu_${name}`, help, labelNames, registers })
  const received = counter('received_total', 'Requests and events at the front doors', ['source', 'outcome'])
  const handled = counter('inbox_handled_total', 'Inbox rows handled', ['type', 'outcome'])
  const calls = counter('feishu_calls_total', 'Feishu API calls', ['api', 'purpose', 'ok'])
  const pulled = counter('pulled_records_total', 'Records pulled', ['connector', 'resource'])
  const pullFailed = counter('pull_failures_total', 'Failed pulls', ['connector', 'resource'])
  const pullLag = new Gauge({
    name: 'huiliu_pull_lag_seconds',
    help: 'Age of what has not been pulled yet',
    labelNames: ['shop', 'connector', 'resource'],
    registers,
  })
  const command = counter('commands_total', 'Commands to channels and ERPs', [
    'connector',
    'command',
    'outcome',
  ])
  const rowsCalls = counter('bitable_calls_total', 'Bitable calls of the table writer', ['operation', 'ok'])
  const rows = counter('bitable_rows_total', 'Bitable rows moved', ['operation'])
  const shown = new Histogram({
    name: 'huiliu_card_seconds',
    help: 'From wish to visible card',
    labelNames: ['what'],
    buckets: seconds,
    registers,
  })
  const press = new Histogram({
    name: 'huiliu_press_seconds',
    help: 'Time to answer a card press',
    buckets: seconds,
    registers,
  })
  return {
    registry,
    received: (source, outcome) => received.inc({ source, outcome }),
    handled: (type, outcome) => handled.inc({ type, outcome }),
    feishuCall: (api, purpose, ok) => calls.inc({ api, purpose, ok: String(ok) }),
    shown: (what, ms) => shown.observe({ what }, ms / 1000),
    press: (ms) => press.observe(ms / 1000),
    pulled: (connector, resource, records) => pulled.inc({ connector, resource }, records),
    pullFailed: (connector, resource) => pullFailed.inc({ connector, resource }),
    pullLag: (shop, connector, resource, ms) => pullLag.set({ shop, connector, resource }, ms / 1000),
    command: (connector, name, outcome) => command.inc({ connector, command: name, outcome }),
    rowsCall: (operation, count, ok) => {
      rowsCalls.inc({ operation, ok: String(ok) })
      if (ok) rows.inc({ operation }, count)
    },
  }
}

/** A gauge read from the database (or a connection) at every scrape. */
export function gauge(
  metrics: Metrics,
  name: string,
  help: string,
  read: () => Promise<number> | number,
): void {
  const created = new Gauge({
    name: `huiliu_${name}`,
    help,
    registers: [metrics.registry],
    async collect() {
      try {
        created.set(await read())
      } catch {
        created.set(Number.NaN)
      }
    },
  })
}
