import { readFileSync } from 'node:fs'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { ApiFailure, type ApiRoute, type Kernel } from '../../kernel/types.ts'
import { appChanged, appSettings, type TokenKind } from './app-state.ts'

/** Scopes that open fields, tokens or a group's history instead of endpoints. */
const fieldScopes = [
  'auth:user.id:read',
  'contact:user.base:readonly',
  'contact:user.department:readonly',
  'contact:user.email:readonly',
  'contact:user.employee:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.phone:readonly',
  'im:message.group_msg',
  'offline_access',
  'user_profile',
]

let table: Map<string, readonly string[]> | undefined

/** Endpoint → the scopes of which a caller needs one. Feishu docs: the table "权限要求" of each page. */
function scopeTable(): Map<string, readonly string[]> {
  if (table) return table
  const file = readFileSync(new URL('./scope-table.json', import.meta.url), 'utf8')
  const entries = Object.entries(JSON.parse(file) as Record<string, string[]>)
  table = new Map(entries.map(([endpoint, scopes]) => [withoutNames(endpoint), scopes]))
  return table
}

function withoutNames(endpoint: string): string {
  return endpoint.replace(/:\w+/g, ':')
}

/** The scopes of which a call of this endpoint needs one; empty: none needed. */
export function scopesOf(route: Pick<ApiRoute, 'method' | 'path'>): readonly string[] {
  return scopeTable().get(withoutNames(`${route.method} ${route.path}`)) ?? []
}

let known: ReadonlySet<string> | undefined

/** Asked on every call: made once. */
function knownSet(): ReadonlySet<string> {
  known ??= new Set([...[...scopeTable().values()].flat(), ...fieldScopes])
  return known
}

/** Every scope this sandbox knows, sorted. */
export function knownScopes(): string[] {
  return [...knownSet()].toSorted()
}

export function hasScope(kernel: Kernel, scope: string, kind: TokenKind = 'tenant'): boolean {
  return knownSet().has(scope) && !appSettings(kernel).missingScopes[kind].includes(scope)
}

/** Refuses calls whose scope the app or the user has not. Feishu docs: 服务端错误码 99991672, 99991679. */
export function guardScopes(kernel: OwnKernel): void {
  kernel.tokens.guard((route, user) => {
    const wanted = scopesOf(route)
    if (wanted.length === 0) return
    const kind: TokenKind = user ? 'user' : 'tenant'
    if (!wanted.some((scope) => hasScope(kernel, scope, kind))) throw appLacks(kernel, wanted, kind)
    if (user && !wanted.some((scope) => user.scopes.includes(scope))) throw userLacks(wanted)
  })
}

function appLacks(kernel: Kernel, scopes: readonly string[], kind: TokenKind): ApiFailure {
  const link = `${kernel.baseUrl()}/app/${kernel.identity().appId}/auth?q=${scopes.join(',')}&op_from=openapi&token_type=${kind}`
  return new ApiFailure(
    99991672,
    `Access denied. One of the following scopes is required: [${scopes.join(', ')}].应用尚未开通所需的${kind === 'user' ? '用户' : '应用'}身份权限：[${scopes.join(', ')}]，点击链接申请并开通任一权限即可：${link}`,
    { error: { permission_violations: violations(scopes, 'action_scope_required') } },
  )
}

function userLacks(scopes: readonly string[]): ApiFailure {
  return new ApiFailure(
    99991679,
    `Unauthorized. You do not have permission to perform the requested operation on the resource. Please request user re-authorization and try again. required one of these privileges: [${scopes.join(', ')}]`,
    { error: { permission_violations: violations(scopes, 'action_privilege_required') } },
  )
}

function violations(scopes: readonly string[], type: string): { type: string; subject: string }[] {
  return scopes.map((subject) => ({ type, subject }))
}

/** An administrator grants scopes; names the platform does not know are left out. */
export function grantScopes(kernel: Kernel, kind: TokenKind, scopes: readonly string[]): void {
  const settings = appSettings(kernel)
  settings.missingScopes[kind] = settings.missingScopes[kind].filter((scope) => !scopes.includes(scope))
  settings.appliedScopes = settings.appliedScopes.filter((scope) => !scopes.includes(scope))
  appChanged(kernel)
}

/** Takes scopes away. */
export function removeScopes(kernel: Kernel, kind: TokenKind, scopes: readonly string[]): void {
  const settings = appSettings(kernel)
  settings.missingScopes[kind] = [...new Set([...settings.missingScopes[kind], ...scopes])]
  appChanged(kernel)
}
