import { addUser, type Person } from '../../sandbox/feishu/contact/index.ts'
import { type BitableSandbox, startBitable } from './bitable-sandbox.ts'

export interface WebSandbox extends BitableSandbox {
  /** A colleague of `lin`. */
  wang: Person
  /** `/_web/<path>` as a person (default: lin); throws what was refused. */
  web<T>(method: string, path: string, body?: unknown, person?: string): Promise<T>
  /** The refusal of such a call. */
  refusal(
    method: string,
    path: string,
    body?: unknown,
    person?: string,
  ): Promise<{ code: number; msg: string }>
}

/** A sandbox of bases with the browser client's questions. */
export async function startBaseWeb(): Promise<WebSandbox> {
  const sandbox = await startBitable({ now: Date.UTC(2026, 2, 10), frozen: true })
  const wang = addUser(sandbox.kernel, { name: '王岚' })
  const ask = async (method: string, path: string, body?: unknown, person = sandbox.lin.open_id) => {
    const response = await fetch(`${sandbox.url}/_web/${path}`, {
      method,
      headers: {
        'x-sandbox-person': person,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { ok: response.ok, answer: await response.json() }
  }
  return {
    ...sandbox,
    wang,
    async web<T>(method: string, path: string, body?: unknown, person?: string) {
      const { ok, answer } = await ask(method, path, body, person)
      if (!ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
      return answer as T
    },
    async refusal(method, path, body, person) {
      const { ok, answer } = await ask(method, path, body, person)
      if (ok) throw new Error(`${method} ${path} was not refused: ${JSON.stringify(answer)}`)
      return answer as { code: number; msg: string }
    },
  }
}
