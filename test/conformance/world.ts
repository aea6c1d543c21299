import { Client } from '@larksuiteoapi/node-sdk'
import { buildSandbox } from '../../sandbox/server.ts'
import { silent } from '../sandbox/kernel-sandbox.ts'
import type { ConformanceWorld, RawAnswer, RawCall } from './case.ts'

export interface OwnWorld extends ConformanceWorld {
  close(): Promise<void>
}

/** A seeded sandbox whose time stands still, listening, with the official SDK pointed at it. */
export async function startConformanceWorld(): Promise<OwnWorld> {
  const sandbox = await buildSandbox({ seed: 11, statePath: null, frozen: true })
  const url = await sandbox.listen(0)
  const { appId, appSecret } = sandbox.kernel.identity()
  return {
    sandbox,
    url,
    sdk: new Client({ appId, appSecret, domain: url, logger: silent }),
    call: (method, path, options = {}) =>
      call(url, { method, path, token: sandbox.kernel.tokens.issue().token, ...options }),
    control: (path, body) => control(url, path, body),
    advance: (ms) => sandbox.kernel.clock.advance(ms),
    close: () => sandbox.close(),
  }
}

async function call(
  url: string,
  { method, path, query, body, token }: RawCall & { method: string; path: string },
): Promise<RawAnswer> {
  const target = new URL(path, url)
  for (const [name, value] of Object.entries(query ?? {})) target.searchParams.set(name, String(value))
  const isForm = body instanceof FormData
  const response = await fetch(target, {
    method,
    headers: {
      ...(typeof token === 'string' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json; charset=utf-8' }),
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, json: parsed(text), headers: response.headers }
}

function parsed(text: string): RawAnswer['json'] {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

async function control(url: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${url}/_control/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const answer: unknown = await response.json()
  if (!response.ok)
    throw new Error(`/_control/${path} answered ${response.status}: ${JSON.stringify(answer)}`)
  return answer
}
