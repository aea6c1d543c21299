import { expect } from 'vitest'
import type { ConformanceCase } from '../../case.ts'
import { api, asUser, refuses, userToken, works } from '../platform-world.ts'

const search = '/open-apis/search/v2/doc_wiki/search'
const wikiSearch = '/open-apis/wiki/v1/nodes/search'

export const searchCases: readonly ConformanceCase[] = [
  works(
    `POST ${search}`,
    'what a person may read',
    (sdk, world) =>
      sdk.request(
        { method: 'POST', url: search, data: { query: '退款规则', doc_filter: {}, wiki_filter: {} } },
        asUser(userToken(world)),
      ),
    ({ res_units }) =>
      expect(res_units[0]).toMatchObject({ entity_type: 'WIKI', result_meta: { doc_types: 'DOCX' } }),
  ),
  works(`POST ${search}`, 'nothing of what a person may not read', async (_sdk, world) => {
    const find = async (name: string) => {
      const { json } = await api(world, 'POST', '/search/v2/doc_wiki/search', {
        body: { query: '对账口径' },
        token: userToken(world, name),
      })
      return (json.data as { total: number }).total
    }
    expect(await find('赵敏')).toBe(1)
    expect(await find('林小夏')).toBe(0)
    return { code: 0 }
  }),
  refuses(`POST ${search}`, { code: 99991663 }, 'the app’s own token', (world) =>
    api(world, 'POST', '/search/v2/doc_wiki/search', { body: { query: '退款' } }),
  ),
  refuses(`POST ${search}`, { code: 1274001, kind: 'limit' }, 'more than 50 characters', (world) =>
    api(world, 'POST', '/search/v2/doc_wiki/search', {
      body: { query: '长'.repeat(51) },
      token: userToken(world),
    }),
  ),
  refuses(`POST ${search}`, { code: 1274002 }, 'an order that does not exist', (world) =>
    api(world, 'POST', '/search/v2/doc_wiki/search', {
      body: { query: '退款', doc_filter: { sort_type: 'RANDOM' } },
      token: userToken(world),
    }),
  ),
  works(
    `POST ${wikiSearch}`,
    'pages of wikis',
    (sdk, world) => sdk.wiki.v1.node.search({ data: { query: '退款' } }, asUser(userToken(world))),
    ({ items }) => expect(items.length).toBeGreaterThan(0),
  ),
  refuses(`POST ${wikiSearch}`, { code: 99991663 }, 'the app’s own token', (world) =>
    api(world, 'POST', '/wiki/v1/nodes/search', { body: { query: '退款' } }),
  ),
]
