import { expect } from 'vitest'
import { wikiState } from '../../../../sandbox/feishu/wiki/wiki-state.ts'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { api, asUser, ok, refuses, userToken, works } from '../platform-world.ts'

const spaces = '/open-apis/wiki/v2/spaces'
const nodes = `${spaces}/:space_id/nodes`

/** The company's wiki, of which the app is an administrator. */
export function space(world: ConformanceWorld): string {
  return wikiState(world.sandbox.kernel).spaces[0]?.space_id ?? ''
}

/** A wiki the app is no member of. */
function closed(world: ConformanceWorld): string {
  return wikiState(world.sandbox.kernel).spaces[1]?.space_id ?? ''
}

export async function node(world: ConformanceWorld, more: Record<string, unknown> = {}) {
  const body = { obj_type: 'docx', node_type: 'origin', title: '新页面', ...more }
  const answer = await ok(world, 'POST', `/wiki/v2/spaces/${space(world)}/nodes`, { body })
  return answer.node as { node_token: string; obj_token: string }
}

const create = (world: ConformanceWorld, body: Record<string, unknown>, where = space(world)) =>
  api(world, 'POST', `/wiki/v2/spaces/${where}/nodes`, { body })

const member = { member_type: 'email', member_role: 'member' }

const spaceCases = [
  works(
    `GET ${spaces}`,
    'only the spaces the app is a member of',
    (sdk) => sdk.wiki.v2.space.list({}),
    ({ items }) => expect(items.map(({ name }: { name: string }) => name)).toEqual(['汇流旅行知识库']),
  ),
  refuses(`GET ${spaces}`, { code: 131002, kind: 'limit' }, 'a page of more than 50', (world) =>
    api(world, 'GET', '/wiki/v2/spaces?page_size=51'),
  ),
  works(
    `POST ${spaces}`,
    'a person makes a space',
    (sdk, world) => sdk.wiki.v2.space.create({ data: { name: '新知识库' } }, asUser(userToken(world))),
    (data) => expect(data.space.name).toBe('新知识库'),
  ),
  refuses(`POST ${spaces}`, { code: 99991663 }, 'the app makes none', (world) =>
    api(world, 'POST', '/wiki/v2/spaces', { body: { name: 'x' } }),
  ),
  works(`GET ${spaces}/:space_id`, 'one space', (sdk, world) =>
    sdk.wiki.v2.space.get({ path: { space_id: space(world) } }),
  ),
  refuses(`GET ${spaces}/:space_id`, { code: 131006 }, 'a space the app is no member of', (world) =>
    api(world, 'GET', `/wiki/v2/spaces/${closed(world)}`),
  ),
  refuses(`GET ${spaces}/:space_id`, { code: 131005 }, 'a space that does not exist', (world) =>
    api(world, 'GET', '/wiki/v2/spaces/1'),
  ),
  works(`PUT ${spaces}/:space_id/setting`, 'who may create', (sdk, world) =>
    sdk.wiki.v2.spaceSetting.update({
      path: { space_id: space(world) },
      data: { create_setting: 'admin_and_member' },
    }),
  ),
  works(`GET ${spaces}/:space_id/members`, 'its members', (sdk, world) =>
    sdk.wiki.v2.spaceMember.list({ path: { space_id: space(world) } }),
  ),
  works(`POST ${spaces}/:space_id/members`, 'a member more', (sdk, world) =>
    sdk.wiki.v2.spaceMember.create({
      path: { space_id: space(world) },
      data: { ...member, member_id: 'one@example.com' },
    }),
  ),
  refuses(`POST ${spaces}/:space_id/members`, { code: 131008 }, 'a member already', async (world) => {
    const body = { ...member, member_id: 'two@example.com' }
    await ok(world, 'POST', `/wiki/v2/spaces/${space(world)}/members`, { body })
    return api(world, 'POST', `/wiki/v2/spaces/${space(world)}/members`, { body })
  }),
  refuses(`POST ${spaces}/:space_id/members`, { code: 131002 }, 'a type that does not exist', (world) =>
    api(world, 'POST', `/wiki/v2/spaces/${space(world)}/members`, {
      body: { member_type: 'star', member_id: 'x', member_role: 'member' },
    }),
  ),
  works(`DELETE ${spaces}/:space_id/members/:member_id`, 'a member less', async (sdk, world) => {
    const body = { ...member, member_id: 'three@example.com' }
    await ok(world, 'POST', `/wiki/v2/spaces/${space(world)}/members`, { body })
    return sdk.wiki.v2.spaceMember.delete({
      path: { space_id: space(world), member_id: 'three@example.com' },
      data: member,
    })
  }),
]

const nodeCases: ConformanceCase[] = [
  works(`POST ${nodes}`, 'a page with a document', (sdk, world) =>
    sdk.wiki.v2.spaceNode.create({
      path: { space_id: space(world) },
      data: { obj_type: 'docx', node_type: 'origin', title: '新页面' },
    }),
  ),
  refuses(`POST ${nodes}`, { code: 131010 }, 'the old kind of documents', (world) =>
    create(world, { obj_type: 'doc', node_type: 'origin' }),
  ),
  refuses(`POST ${nodes}`, { code: 131005 }, 'below a page that does not exist', (world) =>
    create(world, { obj_type: 'docx', node_type: 'origin', parent_node_token: 'none' }),
  ),
  refuses(`POST ${nodes}`, { code: 131006 }, 'in a space the app is no member of', (world) =>
    create(world, { obj_type: 'docx', node_type: 'origin' }, closed(world)),
  ),
  {
    endpoint: `POST ${nodes}`,
    kind: 'limit',
    title: '131009 two writes in one space at once',
    async run(world) {
      await world.advance(1_000)
      const body = { obj_type: 'docx', node_type: 'origin', title: '同时' }
      const path = `/open-apis/wiki/v2/spaces/${space(world)}/nodes`
      const answers = await Promise.all([
        world.call('POST', path, { body }),
        world.call('POST', path, { body }),
      ])
      expect(answers.map(({ json }) => json.code).toSorted()).toEqual([0, 131009])
    },
  },
  works(
    `GET ${spaces}/get_node`,
    'a page by its document',
    async (sdk, world) => {
      const { obj_token } = await node(world)
      return sdk.wiki.v2.space.getNode({ params: { token: obj_token, obj_type: 'docx' } })
    },
    (data) => expect(data.node).toMatchObject({ title: '新页面', has_child: false, node_type: 'origin' }),
  ),
  refuses(`GET ${spaces}/get_node`, { code: 131005 }, 'a document outside of wikis', (world) =>
    api(world, 'GET', '/wiki/v2/spaces/get_node?token=none&obj_type=docx'),
  ),
  works(`GET ${nodes}`, 'the pages of a level', (sdk, world) =>
    sdk.wiki.v2.spaceNode.list({ path: { space_id: space(world) }, params: { page_size: 50 } }),
  ),
  refuses(`GET ${nodes}`, { code: 131002, kind: 'limit' }, 'a page of more than 50', (world) =>
    api(world, 'GET', `/wiki/v2/spaces/${space(world)}/nodes?page_size=51`),
  ),
  works(
    `POST ${nodes}/:node_token/move`,
    'below another page',
    async (sdk, world) => {
      const parent = await node(world)
      const { node_token } = await node(world)
      return sdk.wiki.v2.spaceNode.move({
        path: { space_id: space(world), node_token },
        data: { target_parent_token: parent.node_token },
      })
    },
    (data) => expect(data.node.parent_node_token).not.toBe(''),
  ),
  refuses(`POST ${nodes}/:node_token/move`, { code: 131002 }, 'below itself', async (world) => {
    const { node_token } = await node(world)
    return api(world, 'POST', `/wiki/v2/spaces/${space(world)}/nodes/${node_token}/move`, {
      body: { target_parent_token: node_token },
    })
  }),
  works(
    `POST ${nodes}/:node_token/copy`,
    'a page of its own with the same content',
    async (sdk, world) =>
      sdk.wiki.v2.spaceNode.copy({
        path: { space_id: space(world), node_token: (await node(world)).node_token },
        data: { target_space_id: space(world), title: '副本' },
      }),
    (data) => expect(data.node.title).toBe('副本'),
  ),
  refuses(`POST ${nodes}/:node_token/copy`, { code: 131002 }, 'nowhere', async (world) => {
    const { node_token } = await node(world)
    return api(world, 'POST', `/wiki/v2/spaces/${space(world)}/nodes/${node_token}/copy`, { body: {} })
  }),
  works(`POST ${nodes}/:node_token/update_title`, 'the document is renamed', async (sdk, world) => {
    const { node_token, obj_token } = await node(world)
    const answer = await sdk.wiki.v2.spaceNode.updateTitle({
      path: { space_id: space(world), node_token },
      data: { title: '新名字' },
    })
    const { document } = await ok(world, 'GET', `/docx/v1/documents/${obj_token}`)
    expect(document.title).toBe('新名字')
    return answer
  }),
  refuses(`POST ${nodes}/:node_token/update_title`, { code: 131005 }, 'a page that does not exist', (world) =>
    api(world, 'POST', `/wiki/v2/spaces/${space(world)}/nodes/none/update_title`, { body: { title: 'x' } }),
  ),
  works(
    `POST ${nodes}/move_docs_to_wiki`,
    'a document becomes a page',
    async (sdk, world) => {
      const { document } = await ok(world, 'POST', '/docx/v1/documents', { body: { title: '散页' } })
      return sdk.wiki.v2.spaceNode.moveDocsToWiki({
        path: { space_id: space(world) },
        data: { obj_type: 'docx', obj_token: document.document_id },
      })
    },
    (data) => expect(data.wiki_token).toMatch(/^\w{27}$/),
  ),
  refuses(`POST ${nodes}/move_docs_to_wiki`, { code: 131005 }, 'a document that does not exist', (world) =>
    api(world, 'POST', `/wiki/v2/spaces/${space(world)}/nodes/move_docs_to_wiki`, {
      body: { obj_type: 'docx', obj_token: 'none' },
    }),
  ),
  works(
    'GET /open-apis/wiki/v2/tasks/:task_id',
    'a long document is taken in by a task',
    async (sdk, world) => {
      const { document } = await ok(world, 'POST', '/docx/v1/documents', { body: { title: '长文' } })
      const id = document.document_id
      const children = Array.from({ length: 50 }, (_, n) => ({
        block_type: 2,
        text: { elements: [{ text_run: { content: `第 ${n} 行` } }] },
      }))
      await ok(world, 'POST', `/docx/v1/documents/${id}/blocks/${id}/children`, { body: { children } })
      const { task_id } = await ok(world, 'POST', `/wiki/v2/spaces/${space(world)}/nodes/move_docs_to_wiki`, {
        body: { obj_type: 'docx', obj_token: id },
      })
      return sdk.wiki.v2.task.get({ path: { task_id }, params: { task_type: 'move' } })
    },
    (data) => expect(data.task.move_result[0].node.title).toBe('长文'),
  ),
  refuses('GET /open-apis/wiki/v2/tasks/:task_id', { code: 131005 }, 'a task that does not exist', (world) =>
    api(world, 'GET', '/wiki/v2/tasks/none?task_type=move'),
  ),
]

export const wikiCases: readonly ConformanceCase[] = [...spaceCases, ...nodeCases]
