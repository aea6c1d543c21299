import { ApiFailure, type ControlAbout, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { appChanged, appSettings, type TokenKind } from './app-state.ts'
import { grantScopes, knownScopes, removeScopes } from './scopes.ts'

/**
 * `GET /_control/app`: what the developer console would show. `POST /_control/app` changes it:
 * `{redirectUrls, allowRefreshToken, isEnabled, visibleTo, contacts, removeScopes, grantScopes}`.
 */
export function registerAppControl(kernel: Kernel): void {
  const show = () => ({ ...appSettings(kernel), knownScopes: knownScopes().length })
  kernel.control('GET', 'app', {
    about: {
      zh: '应用在开发者后台的设置：重定向地址、权限、可用范围',
      en: 'The app’s settings in the developer console',
    },
    handle: show,
  })
  kernel.control('POST', 'app', { about, handle: change })

  function change({ body }: ControlCall): unknown {
    for (const [name, value] of Object.entries(body)) {
      const apply = changes[name]
      if (!apply)
        throw new ApiFailure(400, `unknown setting "${name}"; known: ${Object.keys(changes).join(', ')}`)
      apply(kernel, value)
    }
    appChanged(kernel)
    return show()
  }
}

const about: ControlAbout = {
  zh: '修改应用设置',
  en: 'Changes the app’s settings',
  fields: {
    redirectUrls: 'where a login may send people back to',
    allowRefreshToken: 'true or false',
    isEnabled: 'true or false',
    visibleTo: '"all" or {users, departments}: who may use the app',
    contacts: '"all", "equal_to_availability" or {users, departments}: whom it may look up',
    removeScopes: '{tenant: […], user: […]}: calls that need them answer 99991672',
    grantScopes: '{tenant: […], user: […]}',
  },
  example: { redirectUrls: ['http://127.0.0.1:3000/login/callback'] },
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
