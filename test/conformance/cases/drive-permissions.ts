import { expect } from 'vitest'
import type { ConformanceCase, ConformanceWorld } from '../case.ts'
import { data, done, newBase, type Place, refused, works } from './bitable-place.ts'

const members = '/open-apis/drive/v1/permissions/:token/members'
const one = `${members}/:member_id`
const nobody = { member_type: 'openid', member_id: 'ou_nobody', perm: 'view' }
const none = { token: 'basNone' }
const bitable = { type: 'bitable' as const }

const somebody = (world: ConformanceWorld): string =>
  world.sandbox.kernel.state<{ people: { open_id: string }[] }>('contact', () => ({ people: [] })).people[0]
    ?.open_id ?? ''
const token = ({ app_token }: Place) => ({ token: app_token })

const memberCases: ConformanceCase[] = [
  works(`POST ${members}`, 'lets somebody in', async (world, known) => {
    const sent = { member_type: 'openid' as const, member_id: somebody(world), perm: 'view' as const }
    const made = data(
      await world.sdk.drive.v1.permissionMember.create({ path: token(known), params: bitable, data: sent }),
    )
    expect(made.member).toMatchObject({ ...sent, type: 'user' })
  }),
  works(`POST ${members}/batch_create`, 'lets several in', async (world, known) => {
    const sent = { member_type: 'openid' as const, member_id: somebody(world), perm: 'edit' as const }
    const made = data(
      await world.sdk.drive.v1.permissionMember.batchCreate({
        path: token(known),
        params: bitable,
        data: { members: [sent] },
      }),
    )
    expect(made.members).toMatchObject([sent])
  }),
  works(`GET ${members}`, 'lists who is in', async (world, known) => {
    const got = data(await world.sdk.drive.v1.permissionMember.list({ path: token(known), params: bitable }))
    expect(got.items).toMatchObject([{ member_id: somebody(world), perm: 'edit' }])
  }),
  works(`PUT ${one}`, 'changes what somebody may do', async (world, known) => {
    const changed = data(
      await world.sdk.drive.v1.permissionMember.update({
        path: { ...token(known), member_id: somebody(world) },
        params: bitable,
        data: { member_type: 'openid', perm: 'full_access' },
      }),
    )
    expect(changed.member).toMatchObject({ perm: 'full_access' })
  }),
  works(`GET ${members}/auth`, 'tells what the app may do', async ({ sdk }, known) => {
    const got = await sdk.drive.v1.permissionMember.auth({
      path: token(known),
      params: { type: 'bitable', action: 'edit' },
    })
    expect(data(got)).toEqual({ auth_result: true })
  }),
  works(`DELETE ${one}`, 'takes somebody out', async (world, known) => {
    const path = { ...token(known), member_id: somebody(world) }
    data(
      await world.sdk.drive.v1.permissionMember.delete({
        path,
        params: { ...bitable, member_type: 'openid' },
      }),
    )
    const left = await world.sdk.drive.v1.permissionMember.list({ path: token(known), params: bitable })
    expect(data(left).items).toEqual([])
  }),
  works(`POST ${members}/transfer_owner`, 'hands a base on', async (world) => {
    const app_token = await newBase(world, '交出')
    const sent = { member_type: 'openid' as const, member_id: somebody(world) }
    data(
      await world.sdk.drive.v1.permissionMember.transferOwner({
        path: { token: app_token },
        params: bitable,
        data: sent,
      }),
    )
    const [meta] = (
      await done(world, 'POST', '/open-apis/drive/v1/metas/batch_query', {
        request_docs: [{ doc_token: app_token, doc_type: 'bitable' }],
      })
    ).metas
    expect(meta.owner_id).toBe(somebody(world))
  }),
  refused({
    endpoint: `POST ${members}`,
    code: 1063005,
    status: 404,
    why: 'for a document nobody has',
    ids: none,
    query: bitable,
    body: nobody,
  }),
  works(
    `POST ${members}`,
    'answers 1063001 with HTTP 400 for somebody nobody knows',
    async (world, known) => {
      const path = `/open-apis/drive/v1/permissions/${known.app_token}/members`
      expect(await world.call('POST', path, { query: bitable, body: nobody })).toMatchObject({
        status: 400,
        json: { code: 1063001 },
      })
      expect(await world.call('POST', path, { query: { type: 'docx' }, body: nobody })).toMatchObject({
        status: 400,
        json: { code: 1063001 },
      })
      expect(await world.call('POST', path, { body: nobody })).toMatchObject({
        status: 400,
        json: { code: 99992402 },
      })
    },
    'error',
  ),
  works(
    `POST ${members}/batch_create`,
    'answers 1063001 above 10 members',
    async (world, known) => {
      const path = `/open-apis/drive/v1/permissions/${known.app_token}/members/batch_create`
      const sent = { members: Array.from({ length: 11 }, () => nobody) }
      expect(await world.call('POST', path, { query: bitable, body: sent })).toMatchObject({
        status: 400,
        json: { code: 1063001 },
      })
    },
    'limit',
  ),
  ...[`GET ${members}`, `GET ${members}/auth`].map((endpoint) =>
    refused({
      endpoint,
      code: 1063005,
      status: 404,
      why: 'for a document nobody has',
      ids: none,
      query: { ...bitable, action: 'view' },
    }),
  ),
  refused({
    endpoint: `PUT ${one}`,
    code: 1063005,
    status: 404,
    why: 'for a document nobody has',
    ids: none,
    query: bitable,
    body: { member_type: 'openid', perm: 'view' },
  }),
  refused({
    endpoint: `DELETE ${one}`,
    code: 1063005,
    status: 404,
    why: 'for a document nobody has',
    ids: none,
    query: { ...bitable, member_type: 'openid' },
  }),
  refused({
    endpoint: `POST ${members}/transfer_owner`,
    code: 1063005,
    status: 404,
    why: 'for a document nobody has',
    ids: none,
    query: bitable,
    body: { member_type: 'openid', member_id: 'ou_x' },
  }),
  refused({
    endpoint: `POST ${members}/batch_create`,
    code: 1063005,
    status: 404,
    why: 'for a document nobody has',
    ids: none,
    query: bitable,
    body: { members: [nobody] },
  }),
]

const publicCases: ConformanceCase[] = ['v1', 'v2'].flatMap((version) => {
  const path = `/open-apis/drive/${version}/permissions/:token/public`
  const at = (known: Place) => path.replace(':token', known.app_token)
  return [
    works(`GET ${path}`, 'tells who gets in by the link', async (world, known) => {
      const got = await world.call('GET', at(known), { query: bitable })
      expect(got.json.data).toMatchObject({ permission_public: { link_share_entity: expect.any(String) } })
    }),
    works(`PATCH ${path}`, 'changes who gets in by the link', async (world, known) => {
      const body = { link_share_entity: 'tenant_readable' }
      const got = await world.call('PATCH', at(known), { query: bitable, body })
      expect(got.json.data).toMatchObject({ permission_public: body })
    }),
    refused({
      endpoint: `GET ${path}`,
      code: 1063005,
      status: 404,
      why: 'for a document nobody has',
      ids: none,
      query: bitable,
    }),
    refused({
      endpoint: `PATCH ${path}`,
      code: 1063005,
      status: 404,
      why: 'for a document nobody has',
      ids: none,
      query: bitable,
      body: {},
    }),
  ]
})

/** Collaborators and links of documents. */
export const permissionCases: ConformanceCase[] = [...memberCases, ...publicCases]
