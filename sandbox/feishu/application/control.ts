import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { appChanged, appSettings, type TokenKind } from './app-state.ts'
import { grantScopes, knownScopes, removeScopes } from './scopes.ts'

/**
 * `GET /_control/app`: what the developer console would show. `POST /_control/app` changes it:
 * `{redirectUrls, allowRefreshToken, isEnabled, visibleTo, contacts, removeScopes, grantScopes}`.
 */
export function registerAppControl(kernel: Kernel): void {
  const show = () => ({ ...appSettings(kernel), knownScopes: knownScopes().length })
  kernel.control('GET', 'app', show)
  kernel.control('POST', 'app', ({ body }) => {
    for (const [name, value] of Object.entries(body)) {
      const change = changes[name]
      if (!change)
        throw new ApiFailure(400, `unknown setting "${name}"; known: ${Object.keys(changes).join(', ')}`)
      change(kernel, value)
    }
    appChanged(kernel)
    return show()
  })
}

const changes: Record<string, (kernel: Kernel, value: unknown) => void> = {
  redirectUrls(kernel, value) {
    const urls = texts('redirectUrls', value)
    const bad = urls.find((url) => !URL.canParse(url) || !/^https?:/.test(url))
    if (bad !== undefined) throw new ApiFailure(400, `redirectUrls: "${bad}" is no http(s) URL`)
    appSettings(kernel).redirectUrls = urls
  },
  allowRefreshToken(kernel, value) {
    appSettings(kernel).allowRefreshToken = flag('allowRefreshToken', value)
  },
  isEnabled(kernel, value) {
    appSettings(kernel).isEnabled = flag('isEnabled', value)
  },
  visibleTo(kernel, value) {
    appSettings(kernel).visibility =
      value === 'all'
        ? { toAll: true, users: [], departments: [] }
        : { toAll: false, ...idLists('visibleTo', value) }
  },
  contacts(kernel, value) {
    appSettings(kernel).contacts =
      value === 'all' || value === 'equal_to_availability'
        ? { type: value, users: [], departments: [] }
        : { type: 'some', ...idLists('contacts', value) }
  },
  removeScopes: (kernel, value) =>
    eachKind('removeScopes', value, (kind, names) => removeScopes(kernel, kind, names)),
  grantScopes: (kernel, value) =>
    eachKind('grantScopes', value, (kind, names) => grantScopes(kernel, kind, names)),
}

function eachKind(name: string, value: unknown, act: (kind: TokenKind, names: string[]) => void): void {
  const kinds = (value ?? {}) as Partial<Record<TokenKind, unknown>>
  for (const kind of ['tenant', 'user'] as const) {
    const names = texts(`${name}.${kind}`, kinds[kind] ?? [])
    const unknown = names.find((one) => !knownScopes().includes(one))
    if (unknown !== undefined) throw new ApiFailure(400, `${name}: the scope "${unknown}" does not exist`)
    act(kind, names)
  }
}

function idLists(name: string, value: unknown): { users: string[]; departments: string[] } {
  const lists = (value ?? {}) as { users?: unknown; departments?: unknown }
  return {
    users: texts(`${name}.users`, lists.users ?? []),
    departments: texts(`${name}.departments`, lists.departments ?? []),
  }
}

function texts(name: string, value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw new ApiFailure(400, `${name} must be a list of texts`)
  return value
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new ApiFailure(400, `${name} must be true or false`)
  return value
}
