import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { challengeUrl } from '../events/challenge.ts'
import { appChanged, appSettings, type TokenKind } from './app-state.ts'
import { grantScopes, knownScopes, removeScopes } from './scopes.ts'
import { idsOf } from './write-api.ts'

interface ScopeItem {
  scope_name: string
  token_type: TokenKind
}

interface Subscription {
  subscription_type?: 'webhook' | 'websocket'
  callback_type?: 'webhook' | 'websocket'
  request_url?: string
  add_events?: string[]
  remove_events?: string[]
  add_callbacks?: string[]
  remove_callbacks?: string[]
}

interface Config {
  scope?: { add_scopes?: ScopeItem[]; remove_scopes?: ScopeItem[] }
  event?: Subscription
  callback?: Subscription
  security?: {
    add?: { redirect_urls?: string[] }
    remove?: { redirect_urls?: string[] }
    allow_refresh_token?: boolean
  }
  visibility?: {
    is_visible_to_all: boolean
    visible_list?: { user_ids?: string[]; department_ids?: string[] }
  }
  contacts?: {
    contacts_range_type: 'equal_to_availability' | 'some' | 'all'
    visible_list?: { user_ids?: string[]; department_ids?: string[] }
  }
  event_and_callback_encrypt_strategy?: { encryption_key?: string; verification_token?: string }
}

const sections = [
  'scope',
  'event',
  'callback',
  'security',
  'visibility',
  'contacts',
  'event_and_callback_encrypt_strategy',
]

/** Everything is checked before anything is changed. Feishu docs: 更新应用开发配置. */
export async function changeConfig(kernel: Kernel, call: ApiCall): Promise<void> {
  const unknown = Object.keys(call.body).find((name) => !sections.includes(name))
  if (unknown !== undefined) throw invalid(`${unknown} is unknown`)
  const config = call.body as Config
  checkScopes(config)
  checkUrls(config)
  await checkHook(kernel, config.event, config.event?.subscription_type)
  await checkHook(kernel, config.callback, config.callback?.callback_type)
  applyScopes(kernel, config)
  applySecurity(kernel, config)
  applySubscriptions(kernel, config)
  applyRanges(kernel, call, config)
  appChanged(kernel)
  kernel.changed('world')
}

function invalid(reason: string): ApiFailure {
  return new ApiFailure(210011, `Param is invalid: ${reason}`)
}

function checkScopes({ scope }: Config): void {
  const known = new Set(knownScopes())
  for (const item of [...(scope?.add_scopes ?? []), ...(scope?.remove_scopes ?? [])]) {
    if (!known.has(item.scope_name)) throw invalid(`scope ${item.scope_name} does not exist`)
    if (!['tenant', 'user'].includes(item.token_type)) throw invalid('token_type must be tenant or user')
  }
}

function checkUrls({ security }: Config): void {
  const bad = security?.add?.redirect_urls?.find((url) => !URL.canParse(url) || !/^https?:/.test(url))
  if (bad !== undefined) throw invalid('redirect_urls must be http(s) URLs')
}

/** A request URL is challenged before it is kept, as in the developer console. */
async function checkHook(
  kernel: Kernel,
  hook: Subscription | undefined,
  type: string | undefined,
): Promise<void> {
  if (hook === undefined) return
  if (type !== 'webhook' && type !== 'websocket')
    throw invalid('the subscription type must be webhook or websocket')
  if (type === 'websocket') return
  if (!hook.request_url) throw invalid('request_url is needed for webhook')
  const complaint = await challengeUrl(kernel as OwnKernel, hook.request_url)
  if (complaint) throw invalid(`request_url: ${complaint}`)
}

function applyScopes(kernel: Kernel, { scope }: Config): void {
  for (const { scope_name, token_type } of scope?.add_scopes ?? [])
    grantScopes(kernel, token_type, [scope_name])
  for (const { scope_name, token_type } of scope?.remove_scopes ?? [])
    removeScopes(kernel, token_type, [scope_name])
}

function applySecurity(
  kernel: Kernel,
  { security, event_and_callback_encrypt_strategy: keys }: Config,
): void {
  const settings = appSettings(kernel)
  const removed = security?.remove?.redirect_urls ?? []
  settings.redirectUrls = [
    ...new Set([...settings.redirectUrls, ...(security?.add?.redirect_urls ?? [])]),
  ].filter((url) => !removed.includes(url))
  settings.allowRefreshToken = security?.allow_refresh_token ?? settings.allowRefreshToken
  const identity = kernel.identity()
  identity.encryptKey = keys?.encryption_key ?? identity.encryptKey
  identity.verificationToken = keys?.verification_token ?? identity.verificationToken
}

function applySubscriptions(kernel: Kernel, { event, callback }: Config): void {
  const { settings } = kernel
  if (event) settings.eventUrl = event.subscription_type === 'webhook' ? (event.request_url ?? null) : null
  if (callback)
    settings.callbackUrl = callback.callback_type === 'webhook' ? (callback.request_url ?? null) : null
  const added = [...(event?.add_events ?? []), ...(callback?.add_callbacks ?? [])]
  const removed = [...(event?.remove_events ?? []), ...(callback?.remove_callbacks ?? [])]
  // null means all of them: there is nothing to add, and taking some away needs the whole list, which nobody keeps.
  if (settings.subscriptions === null) return
  settings.subscriptions = [...new Set([...settings.subscriptions, ...added])].filter(
    (name) => !removed.includes(name),
  )
}

function applyRanges(kernel: Kernel, call: ApiCall, { visibility, contacts }: Config): void {
  const settings = appSettings(kernel)
  if (visibility)
    settings.visibility = {
      toAll: visibility.is_visible_to_all,
      ...idsOf(kernel, call, visibility.visible_list),
    }
  if (contacts)
    settings.contacts = {
      type: contacts.contacts_range_type,
      ...idsOf(kernel, call, contacts.visible_list),
    }
}
