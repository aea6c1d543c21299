import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { sandboxNodeArgs } from '#src/demo/sandbox-process.ts'

export interface RunningSandbox {
  url: string
  port: number
  /** Resident memory now, bytes. */
  rss(): number
  control<T = Record<string, unknown>>(path: string, body?: unknown): Promise<T>
  /** A call with a live token. @throws when it is refused */
  api<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>
  token: string
  stop(): Promise<void>
}

/** The sandbox exactly as `npm run sandbox` runs it, with its world saved into a folder. */
export async function startSandboxProcess(folder: string): Promise<RunningSandbox> {
  const child = spawn(
    process.execPath,
    [...sandboxNodeArgs, 'sandbox/main.ts', '--json', '--port', '0', '--orders', '0', '--data', folder],
    { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { url } = JSON.parse(String(line)) as { url: string }
  const send = async <T>(method: string, path: string, body: unknown, token = ''): Promise<T> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as { code?: number; msg?: string; data?: T } & T
    if (!response.ok || answer.code) throw new Error(`${method} ${path}: ${answer.code} ${answer.msg}`)
    return answer.data ?? answer
  }
  const control = <T>(path: string, body?: unknown) =>
    send<T>(body === undefined ? 'GET' : 'POST', `/_control/${path}`, body)
  const { appId, appSecret } = await control<{ appId: string; appSecret: string }>('state')
  const { tenant_access_token: token } = await send<{ tenant_access_token: string }>(
    'POST',
    '/open-apis/auth/v3/tenant_access_token/internal',
    { app_id: appId, app_secret: appSecret },
  )
  return {
    url,
    port: Number(new URL(url).port),
    token,
    control,
    rss: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString()) * 1024,
    api: (method, path, body) => send(method, `/open-apis${path}`, body, token),
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
