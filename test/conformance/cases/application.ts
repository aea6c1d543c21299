import { expect } from 'vitest'
import type { ConformanceArea, ConformanceWorld } from '../case.ts'
import { api, freshSdk, ok, person, refuses, userToken, works } from './platform-world.ts'

const v6 = '/open-apis/application/v6'
const app = `${v6}/applications/:app_id`
const v7 = '/open-apis/application/v7/applications/:app_id'
const other = 'cli_00000000000000ff'

const id = (world: ConformanceWorld) => world.sandbox.kernel.identity().appId
const path = (world: ConformanceWorld) => ({ app_id: id(world) })
const release = {
  mobile_default_ability: 'bot',
  pc_default_ability: 'bot',
  remark: '上线',
  changelog: '更新',
}

async function publish(world: ConformanceWorld): Promise<string> {
  const url = `/application/v7/applications/${id(world)}/publish`
  return (await ok(world, 'POST', url, { body: release })).version_id
}

/** application/v6 and v7. */
export const applicationCases: ConformanceArea = {
  area: 'application',
  cases: [
    works(
      `GET ${v6}/scopes`,
      'every scope with its state',
      (sdk) => sdk.application.v6.scope.list({}),
      ({ scopes }) =>
        expect(scopes).toContainEqual(expect.objectContaining({ scope_name: 'im:message', grant_status: 1 })),
    ),
    {
      endpoint: `POST ${v6}/scopes/apply`,
      kind: 'happy',
      title: 'the administrator is asked for what is missing, once',
      async run(world) {
        await world.control('app', { removeScopes: { tenant: ['im:message'] } })
        const answer = await freshSdk(world).application.v6.scope.apply({})
        expect(answer.code).toBe(0)
        const again = await api(world, 'POST', '/application/v6/scopes/apply')
        expect(again.json.code).toBe(212004)
        await world.control('app', { grantScopes: { tenant: ['im:message'] } })
      },
    },
    refuses(`POST ${v6}/scopes/apply`, { code: 212002 }, 'nothing is missing', (world) =>
      api(world, 'POST', '/application/v6/scopes/apply'),
    ),
    works(
      `GET ${app}`,
      'the app itself',
      (sdk, world) => sdk.application.v6.application.get({ path: path(world), params: { lang: 'zh_cn' } }),
      (data, world) => expect(data.app).toMatchObject({ app_id: id(world), app_name: '汇流助手', status: 1 }),
    ),
    refuses(`GET ${app}`, { code: 210503 }, 'something that is no app id', (world) =>
      api(world, 'GET', '/application/v6/applications/nothing?lang=zh_cn'),
    ),
    refuses(`GET ${app}`, { code: 210506 }, 'another app', (world) =>
      api(world, 'GET', `/application/v6/applications/${other}?lang=zh_cn`),
    ),
    works(
      `POST ${v7}/publish`,
      'a version, one higher than the last',
      (sdk, world) => sdk.application.v7.applicationPublish.create({ path: path(world), data: release }),
      ({ version }) => expect(version).toBe('0.0.1'),
    ),
    refuses(`POST ${v7}/publish`, { code: 210303 }, 'a version that is not higher', (world) =>
      api(world, 'POST', `/application/v7/applications/${id(world)}/publish`, {
        body: { ...release, version: '0.0.1' },
      }),
    ),
    refuses(`POST ${v7}/publish`, { code: 210304 }, 'no reason', (world) =>
      api(world, 'POST', `/application/v7/applications/${id(world)}/publish`, { body: { changelog: 'x' } }),
    ),
    refuses(`POST ${v7}/publish`, { code: 210036, status: 403 }, 'another app', (world) =>
      api(world, 'POST', `/application/v7/applications/${other}/publish`, { body: release }),
    ),
    works(`GET ${app}/app_versions`, 'its versions', async (sdk, world) => {
      await publish(world)
      return sdk.application.v6.applicationAppVersion.list({ path: path(world), params: { lang: 'zh_cn' } })
    }),
    works(`GET ${app}/app_versions/:version_id`, 'one version', async (sdk, world) =>
      sdk.application.v6.applicationAppVersion.get({
        path: { ...path(world), version_id: await publish(world) },
        params: { lang: 'zh_cn' },
      }),
    ),
    refuses(
      `GET ${app}/app_versions/:version_id`,
      { code: 211002 },
      'a version that does not exist',
      (world) =>
        api(world, 'GET', `/application/v6/applications/${id(world)}/app_versions/oav_none?lang=zh_cn`),
    ),
    works(
      `GET ${app}/contacts_range_configuration`,
      'whom it may look up',
      (sdk, world) => sdk.application.v6.application.contactsRangeConfiguration({ path: path(world) }),
      (data) => expect(data.contacts_range.contacts_scope_type).toBe('all'),
    ),
    refuses(`GET ${app}/contacts_range_configuration`, { code: 210506 }, 'another app', (world) =>
      api(world, 'GET', `/application/v6/applications/${other}/contacts_range_configuration`),
    ),
    works(
      `POST ${app}/visibility/check_white_black_list`,
      'who may use it',
      (sdk, world) =>
        sdk.application.v6.applicationVisibility.checkWhiteBlackList({
          path: path(world),
          data: { user_ids: [person(world).open_id] },
        }),
      (data) => expect(data.user_visibility_list[0].in_white_list).toBe(true),
    ),
    works(`PATCH ${app}/visibility`, 'only some people', async (sdk, world) => {
      const answer = await sdk.application.v6.applicationVisibility.patch({
        path: path(world),
        data: {
          is_visible_to_all: false,
          add_visible_list: { user_ids: [person(world, '王岚').open_id] },
        },
      })
      const check = await ok(
        world,
        'POST',
        `/application/v6/applications/${id(world)}/visibility/check_white_black_list`,
        { body: { user_ids: [person(world).open_id] } },
      )
      expect(check.user_visibility_list[0].in_white_list).toBe(false)
      await world.control('app', { visibleTo: 'all' })
      return answer
    }),
    works(`PATCH ${v7}/base`, 'a name, online with the next version', async (sdk, world) => {
      const answer = await sdk.application.v7.applicationBase.patch({
        path: path(world),
        data: { i18ns: [{ i18n_key: 'zh_cn', name: '汇流小助手' }] },
      })
      expect(world.sandbox.kernel.identity().botName).toBe('汇流助手')
      await publish(world)
      expect(world.sandbox.kernel.identity().botName).toBe('汇流小助手')
      return answer
    }),
    refuses(`PATCH ${v7}/base`, { code: 210002, status: 404 }, 'an app that does not exist', (world) =>
      api(world, 'PATCH', '/application/v7/applications/nothing/base', { body: {} }),
    ),
    refuses(`PATCH ${v7}/base`, { code: 210006, status: 403 }, 'another app', (world) =>
      api(world, 'PATCH', `/application/v7/applications/${other}/base`, { body: {} }),
    ),
    refuses(`PATCH ${v7}/base`, { code: 210007, status: 403 }, 'a person who is no administrator', (world) =>
      api(world, 'PATCH', `/application/v7/applications/${id(world)}/base`, {
        body: {},
        token: userToken(world),
      }),
    ),
    works(`PATCH ${v7}/ability`, 'the bot', (sdk, world) =>
      sdk.application.v7.applicationAbility.patch({ path: path(world), data: { bot: { enable: true } } }),
    ),
    refuses(`PATCH ${v7}/ability`, { code: 99992402 }, 'an ability without its switch', (world) =>
      api(world, 'PATCH', `/application/v7/applications/${id(world)}/ability`, { body: { bot: {} } }),
    ),
    works(`PATCH ${v7}/config`, 'redirect addresses and scopes, at once', async (sdk, world) => {
      const answer = await sdk.application.v7.applicationConfig.patch({
        path: path(world),
        data: {
          security: { add: { redirect_urls: ['https://example.com/cb'] } },
          scope: { remove_scopes: [{ scope_name: 'task:task:read', token_type: 'tenant' }] },
        },
      })
      const settings = (await world.control('app')) as {
        redirectUrls: string[]
        missingScopes: { tenant: string[] }
      }
      expect(settings.redirectUrls).toContain('https://example.com/cb')
      expect(settings.missingScopes.tenant).toContain('task:task:read')
      await world.control('app', { grantScopes: { tenant: ['task:task:read'] } })
      return answer
    }),
    refuses(`PATCH ${v7}/config`, { code: 210011 }, 'a scope that does not exist', (world) =>
      api(world, 'PATCH', `/application/v7/applications/${id(world)}/config`, {
        body: { scope: { add_scopes: [{ scope_name: 'moon:walk', token_type: 'tenant' }] } },
      }),
    ),
    refuses(`PATCH ${v7}/config`, { code: 210011 }, 'a request URL that does not echo', (world) =>
      api(world, 'PATCH', `/application/v7/applications/${id(world)}/config`, {
        body: { event: { subscription_type: 'webhook', request_url: `${world.url}/nowhere` } },
      }),
    ),
  ],
}
