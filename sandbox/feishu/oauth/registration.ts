import { randomBytes, randomInt } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { ApiCall, Kernel } from '../../kernel/types.ts'

/**
 * One-scan registration: the device flow behind the SDK's `registerApp` (RFC 8628). A world has one self-built app, so
 * a confirmed registration hands out that app's id and secret, also with `createOnly`: a second app would need its own
 * bot, its own open_ids and its own events, and a product under test wants exactly one. A `clientID` that names
 * another app is refused on the page. UNVERIFIED against a tenant: everything the SDK's source does not show.
 */
export interface Registration {
  deviceCode: string
  userCode: string
  state: 'waiting' | 'confirmed' | 'denied' | 'redeemed'
  /** open_id of whoever confirmed */
  by?: string
  wantsUser: boolean
  /** ms */
  expiresAt: number
  /** seconds between polls; grows when the caller is too fast */
  interval: number
  /** ms */
  polledAt?: number
}

interface RegistrationState {
  registrations: Registration[]
  /** seconds between polls of a new registration */
  interval: number
}

const part = 'app-registration'
const lifeSeconds = 600
const keptMs = 3_600_000
/** ms: timers of the caller are not exact */
const tolerance = 500
const slowerBy = 5

export function registrationState(kernel: Kernel): RegistrationState {
  return kernel.state<RegistrationState>(part, () => ({ registrations: [], interval: 5 }))
}

export function registrationChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** POST /oauth/v1/app/registration, form encoded: `action=begin`, then `action=poll` until a person has answered. */
export function registerRegistration(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/oauth/v1/app/registration',
    auth: 'none',
    envelope: false,
    unverified: ['everything but the fields the SDK reads'],
    handle: (call) => {
      if (call.body.action === 'begin') return begin(kernel, call)
      if (call.body.action === 'poll') return poll(kernel, call)
      return refuse(call, 'invalid_request', 'action must be begin or poll')
    },
  })
}

function begin(kernel: Kernel, call: ApiCall): unknown {
  if (call.body.auth_method !== 'client_secret')
    return refuse(call, 'invalid_request', 'auth_method must be client_secret')
  const data = registrationState(kernel)
  const now = kernel.clock.now()
  const registration: Registration = {
    deviceCode: randomBytes(32).toString('base64url'),
    userCode: userCode(),
    state: 'waiting',
    wantsUser: call.body.request_user_info === 'open_id',
    expiresAt: now + lifeSeconds * 1000,
    interval: data.interval,
  }
  data.registrations = [...data.registrations.filter((one) => one.expiresAt > now - keptMs), registration]
  registrationChanged(kernel)
  const page = `${kernel.baseUrl()}/device`
  return {
    device_code: registration.deviceCode,
    user_code: registration.userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${registration.userCode}`,
    expires_in: lifeSeconds,
    interval: registration.interval,
  }
}

/** No letters and digits that look alike. */
function userCode(): string {
  const letters = 'BCDFGHJKLMNPQRSTVWXZ23456789'
  const pick = () => letters[randomInt(letters.length)]
  const four = () => Array.from({ length: 4 }, pick).join('')
  return `${four()}-${four()}`
}

function poll(kernel: Kernel, call: ApiCall): unknown {
  const data = registrationState(kernel)
  const known = data.registrations.find((one) => one.deviceCode === call.body.device_code)
  if (!known) return refuse(call, 'invalid_grant', 'The device code is unknown.')
  const now = kernel.clock.now()
  if (known.state === 'redeemed') return refuse(call, 'invalid_grant', 'The device code was used.')
  if (known.expiresAt <= now) return refuse(call, 'expired_token', 'The device code has expired.')
  const tooFast = known.polledAt !== undefined && now - known.polledAt < known.interval * 1000 - tolerance
  known.polledAt = now
  registrationChanged(kernel)
  if (tooFast) {
    known.interval += slowerBy
    return refuse(call, 'slow_down', `Poll every ${known.interval} seconds.`)
  }
  if (known.state === 'denied') return refuse(call, 'access_denied', 'The person declined.')
  if (known.state === 'waiting')
    return refuse(call, 'authorization_pending', 'The person has not answered yet.')
  known.state = 'redeemed'
  const { appId, appSecret } = kernel.identity()
  return {
    client_id: appId,
    client_secret: appSecret,
    ...(known.wantsUser && { user_info: { open_id: known.by, tenant_brand: 'feishu' } }),
  }
}

function refuse(call: ApiCall, error: string, error_description: string): unknown {
  return call.reply.code(400).send({ error, error_description })
}

export interface Addons {
  scopes: { tenant: string[]; user: string[] }
  events: string[]
  callbacks: string[]
}

const mostAddonBytes = 256 * 1024

/** What the SDK packed into the address: JSON, gzip, base64url. A payload of another shape counts as none, as on the platform. */
export function readAddons(packed: unknown): Addons {
  const none: Addons = { scopes: { tenant: [], user: [] }, events: [], callbacks: [] }
  if (typeof packed !== 'string' || packed === '') return none
  try {
    const bytes = gunzipSync(Buffer.from(packed, 'base64url'), { maxOutputLength: mostAddonBytes })
    const value = JSON.parse(bytes.toString('utf8')) as {
      scopes?: { tenant?: unknown; user?: unknown }
      events?: { items?: { tenant?: unknown; user?: unknown } }
      callbacks?: { items?: unknown }
    }
    return {
      scopes: { tenant: texts(value.scopes?.tenant), user: texts(value.scopes?.user) },
      events: [...texts(value.events?.items?.tenant), ...texts(value.events?.items?.user)],
      callbacks: texts(value.callbacks?.items),
    }
  } catch {
    return none
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
