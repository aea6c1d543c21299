import type { Kernel } from '../../../kernel/types.ts'
import { appSettings } from '../../application/app-state.ts'
import { answerLogin, readLoginRequest } from '../authorize.ts'
import { loginPeople } from './login-people.ts'
import type { WebLoginRequest } from './login-shapes.ts'
import { requireLoginPerson } from './person.ts'
import { scopeInWords } from './scope-words.ts'

/** The authorize page: what is asked, and the person's answer (`{query, open_id, accept}` → `{redirect}`). */
export function registerLoginRoutes(kernel: Kernel): void {
  kernel.web('GET', 'login/request', (call): WebLoginRequest => {
    const login = readLoginRequest(kernel, call.query)
    return {
      appName: kernel.identity().botName,
      description: appSettings(kernel).description,
      backTo: new URL(login.redirectUri).host,
      scopes: login.scopes.map(scopeInWords),
      people: loginPeople(kernel),
    }
  })
  kernel.web('POST', 'login/answer', (call) => {
    const query = (call.body.query ?? {}) as Record<string, unknown>
    const login = readLoginRequest(kernel, query)
    const person = requireLoginPerson(kernel, call.body.open_id)
    return { redirect: answerLogin(kernel, login, { person, accept: call.body.accept === true }) }
  })
}
