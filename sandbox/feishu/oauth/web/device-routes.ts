import { ApiFailure, type Kernel } from '../../../kernel/types.ts'
import { appChanged, appSettings } from '../../application/app-state.ts'
import { grantScopes, knownScopes } from '../../application/scopes.ts'
import { type Registration, readAddons, registrationChanged, registrationState } from '../registration.ts'
import { loginPeople } from './login-people.ts'
import type { WebDeviceRequest } from './login-shapes.ts'
import { requireLoginPerson } from './person.ts'
import { scopeInWords } from './scope-words.ts'

type Query = Record<string, unknown>

/** The page behind the QR code: what is registered, and the person's answer (`{query, open_id, accept}`). */
export function registerDeviceRoutes(kernel: Kernel): void {
  kernel.web('GET', 'device/request', (call): WebDeviceRequest => describe(kernel, call.query))
  kernel.web('POST', 'device/answer', (call) => {
    const query = (call.body.query ?? {}) as Query
    const registration = waiting(kernel, query)
    const person = requireLoginPerson(kernel, call.body.open_id)
    if (call.body.accept === true) {
      registration.state = 'confirmed'
      registration.by = person.open_id
      applyPreset(kernel, query)
    } else registration.state = 'denied'
    registrationChanged(kernel)
    return describe(kernel, query)
  })
}

function describe(kernel: Kernel, query: Query): WebDeviceRequest {
  const registration = requireKnown(kernel, query)
  const left = registration.expiresAt - kernel.clock.now()
  const addons = readAddons(query.addons)
  const known = new Set(knownScopes())
  // Names the platform does not know are left out without a word.
  const inWords = (names: string[]) => names.filter((name) => known.has(name)).map(scopeInWords)
  return {
    userCode: registration.userCode,
    state: stateOf(registration, left),
    appName: presetText(query.name) ?? kernel.identity().botName,
    description: presetText(query.desc) ?? appSettings(kernel).description,
    appId: kernel.identity().appId,
    tenant: { scopes: inWords(addons.scopes.tenant) },
    user: { scopes: inWords(addons.scopes.user) },
    events: addons.events,
    callbacks: addons.callbacks,
    expiresIn: Math.max(0, Math.ceil(left / 1000)),
    people: loginPeople(kernel),
  }
}

function stateOf({ state }: Registration, left: number): WebDeviceRequest['state'] {
  if (state === 'redeemed') return 'confirmed'
  return state === 'waiting' && left <= 0 ? 'expired' : state
}

function requireKnown(kernel: Kernel, query: Query): Registration {
  const code = String(query.user_code ?? '').toUpperCase()
  const known = registrationState(kernel).registrations.find((one) => one.userCode === code)
  if (!known)
    throw new ApiFailure(404, '没有这个配对码，请重新扫码 this code is unknown, scan again', { status: 404 })
  const wanted = query.clientID
  if (query.createOnly !== 'true' && typeof wanted === 'string' && wanted !== kernel.identity().appId)
    throw new ApiFailure(404, '这个沙箱里没有要更新的应用 the app to update does not exist here', {
      status: 404,
    })
  return known
}

function waiting(kernel: Kernel, query: Query): Registration {
  const known = requireKnown(kernel, query)
  if (known.state !== 'waiting')
    throw new ApiFailure(409, '这个配对码已经用过 this code was answered already', { status: 409 })
  if (known.expiresAt <= kernel.clock.now())
    throw new ApiFailure(410, '配对码已过期，请重新发起 this code has expired, begin again', { status: 410 })
  return known
}

function applyPreset(kernel: Kernel, query: Query): void {
  const settings = appSettings(kernel)
  const addons = readAddons(query.addons)
  kernel.identity().botName = presetText(query.name) ?? kernel.identity().botName
  settings.description = presetText(query.desc) ?? settings.description
  grantScopes(kernel, 'tenant', addons.scopes.tenant)
  grantScopes(kernel, 'user', addons.scopes.user)
  kernel.changed('world')
  appChanged(kernel)
}

function presetText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 64) : undefined
}
