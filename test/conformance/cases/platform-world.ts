/** What the cases of contact, documents, tasks, cards and the app share. */
import * as lark from '@larksuiteoapi/node-sdk'
import { expect } from 'vitest'
import { knownScopes } from '../../../sandbox/feishu/application/scopes.ts'
import { listUsers, type Person } from '../../../sandbox/feishu/contact/index.ts'
import { issueUserTokens } from '../../../sandbox/feishu/oauth/oauth-state.ts'
import { type Loose, silent } from '../../sandbox/kernel-sandbox.ts'
import type { ConformanceCase, ConformanceWorld, RawAnswer, RawCall } from '../case.ts'

export function person(world: ConformanceWorld, name = '林小夏'): Person {
  const found = listUsers(world.sandbox.kernel).find((one) => one.name === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found
}

/** A user_access_token of somebody who allowed these scopes (default: all). */
export function userToken(
  world: ConformanceWorld,
  name = '林小夏',
  scopes: string[] = knownScopes(),
): string {
  const { kernel } = world.sandbox
  return issueUserTokens(kernel, { openId: person(world, name).open_id, scopes, version: 'v2' }).access.token
}

export const asUser = (token: string) => lark.withUserAccessToken(token)

/** The SDK with a token of its own for every call: the SDK's cache does not know that sandbox time moved. Untyped. */
export function freshSdk({ sandbox, url }: ConformanceWorld): Loose {
  const { appId, appSecret } = sandbox.kernel.identity()
  const cache = { get: async () => undefined, set: async () => true }
  return new lark.Client({ appId, appSecret, domain: url, logger: silent, cache })
}

/** A call below /open-apis, a second after the one before. */
export async function api(
  world: ConformanceWorld,
  method: string,
  path: string,
  options?: RawCall,
): Promise<RawAnswer> {
  await world.advance(1_000)
  return world.call(method, `/open-apis${path}`, options)
}

/** Its data. @throws when it was refused */
export async function ok(
  world: ConformanceWorld,
  method: string,
  path: string,
  options?: RawCall,
): Promise<Loose> {
  const { status, json } = await api(world, method, path, options)
  expect({ status, code: json.code, msg: json.msg }).toMatchObject({ status: 200, code: 0 })
  return json.data
}

/** A happy case through the SDK: `run` gets the SDK (untyped) and returns its answer, which must have code 0. */
export function works(
  endpoint: string,
  title: string,
  run: (sdk: Loose, world: ConformanceWorld) => Promise<Loose>,
  check: (data: Loose, world: ConformanceWorld) => void = () => undefined,
): ConformanceCase {
  return {
    endpoint,
    kind: 'happy',
    title,
    async run(world) {
      await world.advance(1_000)
      const answer = await run(freshSdk(world), world)
      expect(answer).toMatchObject({ code: 0 })
      check(answer.data, world)
    },
  }
}

/** An error case: the call is answered with this status and code, and names the request. */
export function refuses(
  endpoint: string,
  expected: { code: number; status?: number; kind?: 'error' | 'limit' },
  title: string,
  call: (world: ConformanceWorld) => Promise<RawAnswer>,
): ConformanceCase {
  const { code, status = 400, kind = 'error' } = expected
  return {
    endpoint,
    kind,
    title: `${code} ${title}`,
    async run(world) {
      await world.advance(1_000)
      const answer = await call(world)
      expect({ status: answer.status, code: answer.json.code, msg: answer.json.msg }).toMatchObject({
        status,
        code,
      })
      expect(answer.headers.get('x-tt-logid')).toBeTruthy()
    },
  }
}
