/** A second client that nobody here wrote: the official MCP server with its default presets, over the sandbox. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addUser, listUsers } from '../../sandbox/feishu/contact/people.ts'
import { wikiState } from '../../sandbox/feishu/wiki/wiki-state.ts'
import { userToken } from './cases/platform-world.ts'
import { type LarkMcp, startLarkMcp, type ToolAnswer } from './lark-mcp.ts'
import { type OwnWorld, startConformanceWorld } from './world.ts'

const presets = ['preset.default', 'preset.base.batch', 'preset.task.default']

describe('the tools of lark-mcp work on the sandbox', () => {
  let world: OwnWorld
  let mcp: LarkMcp
  const used = new Set<string>()
  const use = async (tool: string, input: Record<string, unknown>): Promise<ToolAnswer> => {
    used.add(tool)
    return await mcp.use(tool, input)
  }
  const done = async (tool: string, input: Record<string, unknown>) => {
    const answer = await use(tool, input)
    expect({ tool, ...answer }).toMatchObject({ failed: false })
    return answer.said
  }
  const refused = async (tool: string, input: Record<string, unknown>, code: number) => {
    const answer = await use(tool, input)
    expect({ tool, ...answer }).toMatchObject({ failed: true, said: { code } })
  }

  beforeAll(async () => {
    world = await startConformanceWorld()
    const { appId, appSecret } = world.sandbox.kernel.identity()
    mcp = await startLarkMcp({ url: world.url, appId, appSecret, presets, userToken: userToken(world) })
  }, 60_000)
  afterAll(async () => {
    await mcp.close()
    await world.close()
  })

  it('messages: a group is made, written to, read, and a wrong receiver is refused', async () => {
    const lin = addUser(world.sandbox.kernel, { name: '林工', email: 'mcp@example.com' })
    const { chat_id } = await done('im_v1_chat_create', {
      params: { user_id_type: 'open_id' },
      data: { name: '工具群', user_id_list: [lin.open_id] },
    })
    const { items } = await done('im_v1_chat_list', { params: { page_size: 100 } })
    expect(items.map((chat: { chat_id: string }) => chat.chat_id)).toContain(chat_id)
    const members = await done('im_v1_chatMembers_get', { path: { chat_id }, params: {} })
    expect(members.items.map((one: { member_id: string }) => one.member_id)).toContain(lin.open_id)
    const sent = await done('im_v1_message_create', {
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: chat_id, msg_type: 'text', content: JSON.stringify({ text: '你好' }) },
    })
    const list = await done('im_v1_message_list', {
      params: { container_id_type: 'chat', container_id: chat_id },
    })
    expect(list.items.map((one: { message_id: string }) => one.message_id)).toContain(sent.message_id)
    await refused(
      'im_v1_message_create',
      {
        params: { receive_id_type: 'chat_id' },
        data: { receive_id: 'oc_nobody', msg_type: 'text', content: '{"text":"x"}' },
      },
      230034,
    )
    const found = await done('contact_v3_user_batchGetId', { data: { emails: ['mcp@example.com'] } })
    expect(found.user_list[0].user_id).toBe(lin.open_id)
  })

  it('a base: made, filled one by one and in batches, searched, shared; an unknown table is refused', async () => {
    const { app } = await done('bitable_v1_app_create', { data: { name: '工具表' } })
    const path = { app_token: app.app_token }
    const { table_id } = await done('bitable_v1_appTable_create', {
      path,
      data: {
        table: {
          name: '订单',
          fields: [
            { field_name: '订单号', type: 1 },
            { field_name: '金额', type: 2 },
          ],
        },
      },
    })
    const tables = await done('bitable_v1_appTable_list', { path, params: {} })
    expect(tables.items.map((one: { name: string }) => one.name)).toContain('订单')
    const inTable = { ...path, table_id }
    const fields = await done('bitable_v1_appTableField_list', { path: inTable, params: {} })
    expect(fields.items.map((one: { field_name: string }) => one.field_name)).toEqual(['订单号', '金额'])
    const { record } = await done('bitable_v1_appTableRecord_create', {
      path: inTable,
      data: { fields: { 订单号: 'A1', 金额: 12 } },
    })
    await done('bitable_v1_appTableRecord_update', {
      path: { ...inTable, record_id: record.record_id },
      data: { fields: { 金额: 13 } },
    })
    const { records } = await done('bitable_v1_appTableRecord_batchCreate', {
      path: inTable,
      data: { records: [{ fields: { 订单号: 'A2', 金额: 1 } }, { fields: { 订单号: 'A3', 金额: 2 } }] },
    })
    await done('bitable_v1_appTableRecord_batchUpdate', {
      path: inTable,
      data: { records: [{ record_id: records[0].record_id, fields: { 金额: 9 } }] },
    })
    const rows = await done('bitable_v1_appTableRecord_search', {
      path: inTable,
      params: { page_size: 100 },
      data: { field_names: ['金额'] },
    })
    expect(rows.items.map((row: { fields: { 金额: number } }) => row.fields.金额).toSorted()).toEqual([
      13, 2, 9,
    ])
    const [person] = world.sandbox.kernel.state<{ people: { open_id: string }[] }>('contact', () => ({
      people: [],
    })).people
    await done('drive_v1_permissionMember_create', {
      path: { token: app.app_token },
      params: { type: 'bitable' },
      data: { member_type: 'openid', member_id: person?.open_id, perm: 'view' },
    })
    const wrong = await use('bitable_v1_appTableRecord_search', {
      path: { ...path, table_id: 'tblnothing' },
      params: {},
      data: {},
    })
    expect(JSON.stringify(wrong.said)).toContain('1254041')
  })

  it('documents and wikis: Markdown becomes a document that can be read; a node is found, an unknown one refused', async () => {
    const imported = await done('docx_builtin_import', {
      data: { markdown: '# 你好\n\n一段话', file_name: '工具文档' },
    })
    const { content } = await done('docx_v1_document_rawContent', {
      path: { document_id: imported.result.token },
      params: {},
    })
    expect(content).toContain('一段话')
    const [node] = wikiState(world.sandbox.kernel).nodes
    const found = await done('wiki_v2_space_getNode', { params: { token: node?.node_token } })
    expect(found.node.title).toBe(node?.title)
    await refused('wiki_v2_space_getNode', { params: { token: 'wiknothing' } }, 131005)
    const hits = await done('docx_builtin_search', { data: { search_key: '退款' }, useUAT: true })
    expect(JSON.stringify(hits)).toContain('docs_entities')
    const nodes = await done('wiki_v1_node_search', { data: { query: '退款' }, params: {}, useUAT: true })
    expect(nodes.items.length).toBeGreaterThan(0)
  })

  it('tasks: one is made, changed, given to somebody and reminded of', async () => {
    const [lin] = listUsers(world.sandbox.kernel)
    const { task } = await done('task_v2_task_create', {
      data: {
        summary: '核对退款',
        due: { timestamp: String(world.sandbox.kernel.clock.now() + 86_400_000), is_all_day: false },
      },
    })
    const path = { task_guid: task.guid }
    const changed = await done('task_v2_task_patch', {
      path,
      data: { task: { summary: '核对退款（今天）' }, update_fields: ['summary'] },
    })
    expect(changed.task.summary).toBe('核对退款（今天）')
    const member = { id: lin?.open_id, type: 'user', role: 'assignee' }
    const given = await done('task_v2_task_addMembers', { path, data: { members: [member] } })
    expect(given.task.members).toMatchObject([{ id: lin?.open_id, role: 'assignee' }])
    await done('task_v2_task_addReminders', { path, data: { reminders: [{ relative_fire_minute: 30 }] } })
    await refused(
      'task_v2_task_addMembers',
      { path: { task_guid: 'nothing' }, data: { members: [member] } },
      1470404,
    )
  })

  it('has been asked every tool of the presets', async () => {
    expect((await mcp.tools()).filter((tool) => !used.has(tool))).toEqual([])
  })
})
