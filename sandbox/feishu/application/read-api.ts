import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { seesEverything } from '../contact/contact-range.ts'
import { findDepartment } from '../contact/departments.ts'
import { findPerson, type IdType, idTypeOf, listUsers } from '../contact/people.ts'
import { departmentIdType } from '../contact/wire.ts'
import { scopeInWords } from '../oauth/web/scope-words.ts'
import { page } from '../paging.ts'
import { type AppVersion, appChanged, appSettings, mayUseApp } from './app-state.ts'
import { hasScope, knownScopes } from './scopes.ts'

const root = '/open-apis/application/v6'
const mostApplies = 10

/** application/v6: scopes, the app itself, its versions, whom it may look up, who may use it. */
export function registerAppReadApi(kernel: Kernel): void {
  kernel.api({ method: 'GET', path: `${root}/scopes`, handle: () => ({ scopes: scopeStates(kernel) }) })
  kernel.api({ method: 'POST', path: `${root}/scopes/apply`, handle: () => applyForScopes(kernel) })
  kernel.api({
    method: 'GET',
    path: `${root}/applications/:app_id`,
    limit: { perSecond: 50 },
    handle: (call) => {
      requireOwnApp(kernel, call)
      return { app: wireApp(kernel) }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/applications/:app_id/app_versions`,
    limit: { perMinute: 100 },
    handle: (call) => {
      requireOwnApp(kernel, call)
      const versions = appSettings(kernel).versions.map((one) => wireVersion(kernel, one))
      return page(call.query.order === '1' ? versions : versions.toReversed(), call.query, {
        size: 20,
        most: 100,
        code: 210501,
      })
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/applications/:app_id/app_versions/:version_id`,
    limit: { perMinute: 100 },
    handle: (call) => {
      requireOwnApp(kernel, call)
      const known = appSettings(kernel).versions.find((one) => one.id === call.params.version_id)
      if (!known) throw new ApiFailure(211002, 'no such version_id')
      return { app_version: wireVersion(kernel, known) }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/applications/:app_id/contacts_range_configuration`,
    limit: { perMinute: 100 },
    handle: (call) => contactsRange(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${root}/applications/:app_id/visibility/check_white_black_list`,
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => checkVisibility(kernel, call),
  })
}

/** @throws ApiFailure 210503 for something that is no app id, 210506 for an app this tenant does not have */
function requireOwnApp(kernel: Kernel, call: ApiCall): void {
  const asked = call.params.app_id ?? ''
  if (asked === kernel.identity().appId || asked === 'me') return
  if (!/^cli_[0-9a-f]{16}$/i.test(asked)) throw new ApiFailure(210503, 'invalid app_id')
  throw new ApiFailure(210506, 'no such app')
}

function scopeStates(kernel: Kernel): { scope_name: string; grant_status: number; scope_type: string }[] {
  return (['tenant', 'user'] as const).flatMap((kind) =>
    knownScopes().map((name) => ({
      scope_name: name,
      grant_status: hasScope(kernel, name, kind) ? 1 : 2,
      scope_type: kind,
    })),
  )
}

/** Asks the administrator for everything that is missing. UNVERIFIED: how the ten tries are counted. */
function applyForScopes(kernel: Kernel): Record<string, never> {
  const settings = appSettings(kernel)
  const missing = [...new Set([...settings.missingScopes.tenant, ...settings.missingScopes.user])]
  if (missing.length === 0) throw new ApiFailure(212002, 'unauthorized scopes were empty')
  if (missing.every((scope) => settings.appliedScopes.includes(scope)))
    throw new ApiFailure(212004, 'duplicate apply')
  if (settings.appliedScopes.length >= mostApplies) throw new ApiFailure(212003, 'approval over limit')
  settings.appliedScopes = missing
  appChanged(kernel)
  return {}
}

function owner(kernel: Kernel): string {
  const people = listUsers(kernel)
  return (people.find((one) => one.roles.includes('admin')) ?? people[0])?.open_id ?? ''
}

function wireScopes(kernel: Kernel): Record<string, unknown>[] {
  const both = (name: string) => (['user', 'tenant'] as const).filter((kind) => hasScope(kernel, name, kind))
  return knownScopes()
    .filter((name) => both(name).length > 0)
    .map((name) => ({ scope: name, description: scopeInWords(name).zh, level: 1, token_types: both(name) }))
}

function wireApp(kernel: Kernel): Record<string, unknown> {
  const { appId, botName } = kernel.identity()
  const { description, isEnabled, redirectUrls, versions, homepage } = appSettings(kernel)
  return {
    app_id: appId,
    creator_id: owner(kernel),
    status: isEnabled ? 1 : 0,
    scene_type: 0,
    payment_type: 0,
    redirect_urls: redirectUrls,
    online_version_id: versions.findLast((one) => one.status === 1)?.id ?? '',
    unaudit_version_id: versions.find((one) => one.status === 3)?.id ?? '',
    app_name: botName,
    avatar_url: '',
    description,
    scopes: wireScopes(kernel),
    back_home_url: homepage,
    i18n: [{ i18n_key: 'zh_cn', name: botName, description, help_use: '' }],
    primary_language: 'zh_cn',
    common_categories: [],
    owner: { type: 2, owner_id: owner(kernel) },
    mobile_default_ability: 'bot',
    pc_default_ability: 'bot',
  }
}

function wireVersion(kernel: Kernel, version: AppVersion): Record<string, unknown> {
  const { appId, botName } = kernel.identity()
  const seconds = (ms: number) => String(Math.floor(ms / 1000))
  return {
    app_id: appId,
    version: version.version,
    version_id: version.id,
    app_name: botName,
    avatar_url: '',
    description: appSettings(kernel).description,
    scopes: wireScopes(kernel),
    back_home_url: appSettings(kernel).homepage,
    i18n: [],
    common_categories: [],
    events: kernel.settings.subscriptions ?? [],
    status: version.status,
    create_time: seconds(version.createdAt),
    publish_time: seconds(version.publishedAt),
    ability: { bot: { card_request_url: kernel.settings.callbackUrl ?? '' } },
    remark: { remark: version.remark, update_remark: version.changelog },
  }
}

function contactsRange(kernel: Kernel, call: ApiCall): unknown {
  requireOwnApp(kernel, call)
  const { type, users, departments } = appSettings(kernel).contacts
  const people = users.flatMap((id) => findPerson(kernel, id, 'open_id') ?? [])
  const groups = departments.flatMap((id) => findDepartment(kernel, id, 'open_department_id') ?? [])
  return {
    contacts_range: {
      contacts_scope_type: type,
      ...(!seesEverything(kernel) && {
        visible_list: {
          open_ids: people.map((one) => one[idTypeOf(call.query.user_id_type)]),
          department_ids: groups.map((one) => one[departmentIdType(call)]),
          group_ids: [],
        },
      }),
    },
    has_more: false,
  }
}

function checkVisibility(kernel: Kernel, call: ApiCall): unknown {
  requireOwnApp(kernel, call)
  const type: IdType = idTypeOf(call.query.user_id_type)
  const users = (call.body.user_ids ?? []) as string[]
  return {
    user_visibility_list: users.flatMap((id) => {
      const person = findPerson(kernel, id, type)
      return person
        ? [
            {
              user_id: id,
              in_white_list: mayUseApp(kernel, person),
              in_black_list: false,
              in_paid_list: true,
            },
          ]
        : []
    }),
    department_visibility_list: [],
    group_visibility_list: [],
  }
}
