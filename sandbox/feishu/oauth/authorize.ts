import { ApiFailure, type Kernel } from '../../kernel/types.ts'
import { appSettings, mayUseApp } from '../application/app-state.ts'
import { hasScope } from '../application/scopes.ts'
import type { Person } from '../contact/people.ts'
import { addCode, type LoginCode } from './oauth-state.ts'

const mostScopes = 50

/** What an application asks a person for, checked. */
export interface LoginRequest {
  redirectUri: string
  state: string | undefined
  scopes: string[]
  challenge: LoginCode['challenge']
}

/**
 * Reads the query of the authorize page. Feishu docs: 获取授权码.
 * @throws ApiFailure with the code the page shows (20001, 20027, 20028, 20029, 20042)
 */
export function readLoginRequest(kernel: Kernel, query: Record<string, unknown>): LoginRequest {
  const text = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : undefined)
  if (text('client_id') !== kernel.identity().appId) throw new ApiFailure(20028, 'Invalid app id')
  if (!appSettings(kernel).isEnabled) throw new ApiFailure(20042, 'App disabled')
  // UNVERIFIED: older links come without response_type and still work.
  if (!['code', undefined].includes(text('response_type')))
    throw new ApiFailure(20001, 'Invalid request. response_type must be code')
  const redirectUri = text('redirect_uri') ?? ''
  if (!isRegistered(kernel, redirectUri)) throw new ApiFailure(20029, 'Invalid redirect uri')
  const scopes = [...new Set((text('scope') ?? '').split(' ').filter(Boolean))]
  if (scopes.length > mostScopes)
    throw new ApiFailure(20001, `Invalid request. At most ${mostScopes} scopes at once`)
  const unknown = scopes.filter((scope) => !hasScope(kernel, scope, 'user'))
  if (unknown.length > 0)
    throw new ApiFailure(20027, `The app has not applied for these scopes: ${unknown.join(' ')}`)
  return { redirectUri, state: text('state'), scopes, challenge: readChallenge(text) }
}

/** The fragment is the caller's own; everything before it must be registered letter by letter. */
function isRegistered(kernel: Kernel, uri: string): boolean {
  if (!URL.canParse(uri) || !/^https?:$/.test(new URL(uri).protocol)) return false
  const { redirectUrls } = appSettings(kernel)
  return redirectUrls.includes(uri) || redirectUrls.includes(uri.replace(/#.*$/, ''))
}

function readChallenge(text: (name: string) => string | undefined): LoginCode['challenge'] {
  const value = text('code_challenge')
  if (value === undefined) return undefined
  const method = text('code_challenge_method') ?? 'plain'
  if (method !== 'S256' && method !== 'plain')
    throw new ApiFailure(20001, 'Invalid request. code_challenge_method must be S256 or plain')
  return { value, method }
}

/** Where the browser goes after the person's answer. */
export function answerLogin(
  kernel: Kernel,
  login: LoginRequest,
  by: { person: Person; accept: boolean },
): string {
  const back = new URL(login.redirectUri)
  if (by.accept && !mayUseApp(kernel, by.person))
    throw new ApiFailure(20010, 'The user does not have permission to use this app.')
  if (by.accept) {
    const { challenge, redirectUri, scopes } = login
    const code = addCode(kernel, {
      openId: by.person.open_id,
      redirectUri,
      scopes,
      ...(challenge && { challenge }),
    })
    back.searchParams.set('code', code.code)
  } else back.searchParams.set('error', 'access_denied')
  if (login.state !== undefined) back.searchParams.set('state', login.state)
  return back.href
}
