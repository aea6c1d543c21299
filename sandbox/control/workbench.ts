import { knownEvents } from '../feishu/events/catalog.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { faultKinds } from '../kernel/fault-kinds.ts'
import { describedElsewhere } from './described-elsewhere.ts'
import { registerTrafficView } from './traffic-view.ts'
import type {
  ClockView,
  ConnectionView,
  ControlRouteInfo,
  FaultKindInfo,
  FaultPanel,
  SettingsView,
} from './workbench-shapes.ts'

const mostScheduled = 40

/** `/_web/workbench/…`: what the developer's workbench shows. It changes things through the control API. */
export function registerWorkbench(kernel: OwnKernel): void {
  registerTrafficView(kernel)
  kernel.web('GET', 'workbench/faults', (): FaultPanel => faultPanel(kernel))
  kernel.web('GET', 'workbench/clock', (): ClockView => clockView(kernel))
  kernel.web('GET', 'workbench/routes', () => ({ routes: controlRoutes(kernel) }))
  kernel.web('GET', 'workbench/connection', (): ConnectionView => connectionView(kernel))
  kernel.web('GET', 'workbench/settings', (): SettingsView => {
    const { subscriptions: _subscriptions, ...settings } = kernel.settings
    return settings
  })
}

function faultPanel(kernel: OwnKernel): FaultPanel {
  const kinds = Object.entries(faultKinds).map(([kind, about]): FaultKindInfo => {
    const takes = 'takes' in about ? [...about.takes] : []
    return { kind, phase: about.phase, zh: about.zh, en: about.en, takes }
  })
  const areas = kernel.routes.map((route) => route.path.split('/')[2] ?? '')
  return {
    kinds,
    active: kernel.faults.list().map(({ body: _body, ...fault }) => fault),
    routes: kernel.routes.map((route) => `${route.method} ${route.path}`).toSorted(),
    families: ['feishu', ...new Set(areas), 'events', ...kernel.outsideFamilies].filter(Boolean),
  }
}

function clockView(kernel: OwnKernel): ClockView {
  const timers = kernel.clock.scheduled().map(({ at, label }) => ({ at, ...label }))
  const tokens = kernel.tokens
    .expiries()
    .map((at) => ({ at, zh: 'tenant_access_token 过期', en: 'tenant_access_token expires' }))
  const scheduled = [...timers, ...tokens].toSorted((a, b) => a.at - b.at).slice(0, mostScheduled)
  return { now: kernel.clock.now(), frozen: kernel.clock.isFrozen(), scheduled }
}

/** First words of paths, in the order they are shown; what is not named comes last. */
const order = (
  'state effects traffic click clock faults settings connections snapshot snapshots reset routes ' +
  'chats messages bases rows approvals channels erp generator'
).split(' ')

function rankOf(path: string): number {
  const rank = order.indexOf(path.split('/')[2] ?? '')
  return rank < 0 ? order.length : rank
}

/** The control API as its routes describe themselves, what every test needs first. */
export function controlRoutes(kernel: OwnKernel): ControlRouteInfo[] {
  const routes = kernel.controlRoutes.toSorted((a, b) => rankOf(a.path) - rankOf(b.path))
  return routes.map(({ method, path, about }) => {
    const known = about ?? describedElsewhere[`${method} ${path.replace('/_control/', '')}`]
    return {
      method,
      path,
      zh: known?.zh ?? '',
      en: known?.en ?? '',
      fields: known?.fields ?? {},
      ...(known?.example && { example: known.example }),
    }
  })
}

function connectionView(kernel: OwnKernel): ConnectionView {
  const { appId, appSecret, encryptKey, verificationToken, tenantKey, botName } = kernel.identity()
  const skipped = kernel.events.unsubscribed()
  return {
    appId,
    appSecret,
    encryptKey,
    verificationToken,
    tenantKey,
    botName,
    baseUrl: kernel.baseUrl(),
    connections: kernel.events.longConnection.list(),
    subscriptions: kernel.settings.subscriptions ?? null,
    events: knownEvents.map((event) => ({ ...event, skipped: skipped[event.type] ?? 0 })),
  }
}
