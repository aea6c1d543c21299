import { expect } from 'vitest'
import { addDocument } from '../../../../sandbox/feishu/docx/document-state.ts'
import type { Loose } from '../../../sandbox/kernel-sandbox.ts'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import { api, ok, person, refuses, works } from '../platform-world.ts'

const documents = '/open-apis/docx/v1/documents'
const one = `${documents}/:document_id`
const block = `${one}/blocks/:block_id`

const line = (content: string) => ({ block_type: 2, text: { elements: [{ text_run: { content } }] } })
const table = { block_type: 31, table: { property: { row_size: 2, column_size: 2 } } }

async function made(world: ConformanceWorld): Promise<string> {
  return (await ok(world, 'POST', '/docx/v1/documents', { body: { title: '周报' } })).document.document_id
}

/** A document with these blocks; its id and theirs. */
async function filled(
  world: ConformanceWorld,
  children: unknown[],
): Promise<{ id: string; ids: string[]; blocks: Loose[] }> {
  const id = await made(world)
  const path = `/docx/v1/documents/${id}/blocks/${id}/children`
  const answer = await ok(world, 'POST', path, { body: { children } })
  return {
    id,
    ids: answer.children.map((child: { block_id: string }) => child.block_id),
    blocks: answer.children,
  }
}

const add = (world: ConformanceWorld, id: string, children: unknown[], parent = id) =>
  api(world, 'POST', `/docx/v1/documents/${id}/blocks/${parent}/children`, { body: { children } })

const patch = (world: ConformanceWorld, id: string, target: string, body: unknown) =>
  api(world, 'PATCH', `/docx/v1/documents/${id}/blocks/${target}`, { body })

const documentCases = [
  works(
    `POST ${documents}`,
    'an empty document of the app',
    (sdk) => sdk.docx.v1.document.create({ data: { title: '周报' } }),
    (data) => expect(data.document).toMatchObject({ title: '周报', revision_id: 1 }),
  ),
  refuses(`POST ${documents}`, { code: 1770039 }, 'a folder that does not exist', (world) =>
    api(world, 'POST', '/docx/v1/documents', { body: { folder_token: 'none' } }),
  ),
  refuses(
    `POST ${documents}`,
    { code: 99991400, kind: 'limit' },
    'three writes a second of the app',
    async (world) => {
      const call = () => world.call('POST', documents, { body: { title: '快' } })
      await Promise.all([call(), call(), call()])
      return call()
    },
  ),
  works(`GET ${one}`, 'title and revision', async (sdk, world) =>
    sdk.docx.v1.document.get({ path: { document_id: await made(world) } }),
  ),
  refuses(`GET ${one}`, { code: 1770002, status: 404 }, 'a document that does not exist', (world) =>
    api(world, 'GET', '/docx/v1/documents/none'),
  ),
  refuses(`GET ${one}`, { code: 1770032, status: 403 }, 'a document nobody shared with the app', (world) => {
    const { kernel } = world.sandbox
    const own = addDocument(kernel, { title: '私人', owner: person(world).open_id })
    return api(world, 'GET', `/docx/v1/documents/${own.document_id}`)
  }),
  works(
    `GET ${one}/raw_content`,
    'the words, a line per block',
    async (sdk, world) => {
      const { id } = await filled(world, [line('第一行'), line('第二行')])
      return sdk.docx.v1.document.rawContent({ path: { document_id: id } })
    },
    (data) => expect(data.content).toBe('第一行\n第二行\n'),
  ),
]

const blockCases = [
  works(
    `POST ${block}/children`,
    'text and a table with its cells',
    async (sdk, world) => {
      const id = await made(world)
      return sdk.docx.v1.documentBlockChildren.create({
        path: { document_id: id, block_id: id },
        data: { children: [line('表'), table] },
      })
    },
    (data) => expect(data.children[1].table.cells).toHaveLength(4),
  ),
  works(`POST ${block}/children`, 'the same client_token adds once', async (_sdk, world) => {
    const id = await made(world)
    const path = `/docx/v1/documents/${id}/blocks/${id}/children?client_token=t-1`
    const first = await ok(world, 'POST', path, { body: { children: [line('一次')] } })
    const second = await ok(world, 'POST', path, { body: { children: [line('一次')] } })
    expect(second.children[0].block_id).toBe(first.children[0].block_id)
    return { code: 0 }
  }),
  refuses(`POST ${block}/children`, { code: 99992402, kind: 'limit' }, 'more than 50 blocks', async (world) =>
    add(world, await made(world), Array(51).fill(line('x'))),
  ),
  refuses(`POST ${block}/children`, { code: 1770001 }, 'a text without elements', async (world) =>
    add(world, await made(world), [{ block_type: 2 }]),
  ),
  refuses(`POST ${block}/children`, { code: 1770029 }, 'a block the API does not make', async (world) =>
    add(world, await made(world), [{ block_type: 32 }]),
  ),
  refuses(`POST ${block}/children`, { code: 1770028 }, 'inside a block that holds nothing', async (world) => {
    const { id, ids } = await filled(world, [{ block_type: 22, divider: {} }])
    return add(world, id, [line('x')], ids[0])
  }),
  refuses(`POST ${block}/children`, { code: 1770030 }, 'a table inside a cell', async (world) => {
    const { id, blocks } = await filled(world, [table])
    return add(world, id, [table], blocks[0].table.cells[0])
  }),
  refuses(
    `POST ${block}/children`,
    { code: 1770010, kind: 'limit' },
    'a table of more than nine columns',
    async (world) =>
      add(world, await made(world), [
        { block_type: 31, table: { property: { row_size: 1, column_size: 10 } } },
      ]),
  ),
  works(
    `POST ${block}/descendant`,
    'a whole tree under ids of one’s own',
    async (sdk, world) => {
      const id = await made(world)
      return sdk.docx.v1.documentBlockDescendant.create({
        path: { document_id: id, block_id: id },
        data: {
          children_id: ['list'],
          descendants: [
            {
              block_id: 'list',
              block_type: 12,
              bullet: { elements: [{ text_run: { content: '一' } }] },
              children: ['inner'],
            },
            { block_id: 'inner', ...line('里面'), children: [] },
          ],
        },
      })
    },
    (data) => expect(data.block_id_relations).toHaveLength(2),
  ),
  refuses(`POST ${block}/descendant`, { code: 1770041 }, 'a child that is not given', async (world) => {
    const id = await made(world)
    return api(world, 'POST', `/docx/v1/documents/${id}/blocks/${id}/descendant`, {
      body: { children_id: ['none'], descendants: [{ block_id: 'a', ...line('x') }] },
    })
  }),
  refuses(`POST ${block}/descendant`, { code: 1770019 }, 'an id twice', async (world) => {
    const id = await made(world)
    const twice = { block_id: 'a', ...line('x') }
    return api(world, 'POST', `/docx/v1/documents/${id}/blocks/${id}/descendant`, {
      body: { children_id: ['a'], descendants: [twice, twice] },
    })
  }),
  works(
    `GET ${one}/blocks`,
    'all blocks in reading order',
    async (sdk, world) => {
      const { id } = await filled(world, [line('一'), line('二')])
      return sdk.docx.v1.documentBlock.list({ path: { document_id: id } })
    },
    ({ items }) => expect(items.map((one: Loose) => one.block_type)).toEqual([1, 2, 2]),
  ),
  refuses(`GET ${one}/blocks`, { code: 1770022 }, 'a page token of its own making', async (world) =>
    api(world, 'GET', `/docx/v1/documents/${await made(world)}/blocks?page_token=zz`),
  ),
  refuses(`GET ${one}/blocks`, { code: 1770021 }, 'an older revision', async (world) => {
    const { id } = await filled(world, [line('一')])
    return api(world, 'GET', `/docx/v1/documents/${id}/blocks?document_revision_id=1`)
  }),
  works(`GET ${block}`, 'one block', async (sdk, world) => {
    const { id, ids } = await filled(world, [line('一')])
    return sdk.docx.v1.documentBlock.get({ path: { document_id: id, block_id: ids[0] } })
  }),
  refuses(`GET ${block}`, { code: 1770002, status: 404 }, 'a block that does not exist', async (world) =>
    api(world, 'GET', `/docx/v1/documents/${await made(world)}/blocks/none`),
  ),
  works(`GET ${block}/children`, 'what is right inside a block', async (sdk, world) => {
    const { id } = await filled(world, [line('一')])
    return sdk.docx.v1.documentBlockChildren.get({ path: { document_id: id, block_id: id } })
  }),
  works(
    `PATCH ${block}`,
    'other words in a block',
    async (sdk, world) => {
      const { id, ids } = await filled(world, [line('一')])
      return sdk.docx.v1.documentBlock.patch({
        path: { document_id: id, block_id: ids[0] },
        data: { update_text_elements: { elements: [{ text_run: { content: '改了' } }] } },
      })
    },
    (data) => expect(data.block.text.elements[0].text_run.content).toBe('改了'),
  ),
  refuses(`PATCH ${block}`, { code: 1770025 }, 'an operation for another kind of block', async (world) => {
    const { id, ids } = await filled(world, [line('一')])
    return patch(world, id, ids[0] ?? '', { insert_table_row: { row_index: 0 } })
  }),
  refuses(`PATCH ${block}`, { code: 1770026 }, 'a row out of range', async (world) => {
    const { id, ids } = await filled(world, [table])
    return patch(world, id, ids[0] ?? '', { insert_table_row: { row_index: 9 } })
  }),
  refuses(`PATCH ${block}`, { code: 1770027 }, 'a column out of range', async (world) => {
    const { id, ids } = await filled(world, [table])
    return patch(world, id, ids[0] ?? '', {
      delete_table_columns: { column_start_index: 0, column_end_index: 3 },
    })
  }),
  works(
    `PATCH ${one}/blocks/batch_update`,
    'several blocks at once',
    async (sdk, world) => {
      const { id, ids } = await filled(world, [line('一'), table])
      const requests = [
        { block_id: ids[0], update_text_elements: { elements: [{ text_run: { content: '改' } }] } },
        { block_id: ids[1], insert_table_row: { row_index: -1 } },
      ]
      return sdk.docx.v1.documentBlock.batchUpdate({ path: { document_id: id }, data: { requests } })
    },
    ({ blocks }) => expect(blocks[1].table.property.row_size).toBe(3),
  ),
  refuses(
    `PATCH ${one}/blocks/batch_update`,
    { code: 1770002, status: 404 },
    'all or nothing',
    async (world) => {
      const { id, ids } = await filled(world, [line('一')])
      const elements = [{ text_run: { content: '改' } }]
      const requests = [ids[0], 'none'].map((block_id) => ({ block_id, update_text_elements: { elements } }))
      const answer = await api(world, 'PATCH', `/docx/v1/documents/${id}/blocks/batch_update`, {
        body: { requests },
      })
      expect((await ok(world, 'GET', `/docx/v1/documents/${id}/raw_content`)).content).toBe('一\n')
      return answer
    },
  ),
  works(`DELETE ${block}/children/batch_delete`, 'blocks from here to there', async (sdk, world) => {
    const { id } = await filled(world, [line('一'), line('二')])
    const answer = await sdk.docx.v1.documentBlockChildren.batchDelete({
      path: { document_id: id, block_id: id },
      data: { start_index: 0, end_index: 1 },
    })
    expect((await ok(world, 'GET', `/docx/v1/documents/${id}/raw_content`)).content).toBe('二\n')
    return answer
  }),
  refuses(`DELETE ${block}/children/batch_delete`, { code: 1770001 }, 'more than there is', async (world) => {
    const { id } = await filled(world, [line('一')])
    return api(world, 'DELETE', `/docx/v1/documents/${id}/blocks/${id}/children/batch_delete`, {
      body: { start_index: 0, end_index: 5 },
    })
  }),
  works(
    `POST ${documents}/blocks/convert`,
    'Markdown as blocks, ready for descendant',
    (sdk) =>
      sdk.docx.v1.document.convert({
        data: { content_type: 'markdown', content: '# 题\n- 一\n\n| a | b |\n| - | - |\n| 1 | 2 |' },
      }),
    (data) => {
      expect(data.first_level_block_ids).toHaveLength(3)
      expect(data.blocks.map((one: Loose) => one.block_type)).toContain(31)
    },
  ),
  refuses(`POST ${documents}/blocks/convert`, { code: 99992402 }, 'a language that does not exist', (world) =>
    api(world, 'POST', '/docx/v1/documents/blocks/convert', { body: { content_type: 'rtf', content: 'x' } }),
  ),
]

export const docxCases: readonly ConformanceCase[] = [...documentCases, ...blockCases]
