import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { addDocument, findDocument, newToken, renameDocument } from '../docx/document-state.ts'
import { page } from '../paging.ts'
import { addNode, childrenOf, findNode, nodesBelow, wireNode } from './nodes.ts'
import { requireSpace, type WikiReader, wikiReader } from './rights.ts'
import { type WikiNode, wikiChanged, wikiFailure, wikiState } from './wiki-state.ts'

const root = '/open-apis/wiki/v2/spaces'
const limit = { perMinute: 100 }
/** ms a write holds its space: a second write that arrives meanwhile is refused. UNVERIFIED: how long it really is. */
const holdMs = 10
const longestTitle = 800
/** blocks of a document that is taken in while the caller waits. UNVERIFIED: where the line is. */
const mostAtOnce = 50

/** wiki/v2 nodes: get, list, create, move, copy, rename, take documents in. */
export function registerNodeApi(kernel: Kernel): void {
  const busy = new Set<string>()
  const write = async <T>(spaceId: string, act: () => T): Promise<T> => {
    if (busy.has(spaceId)) throw wikiFailure.locked()
    busy.add(spaceId)
    try {
      await new Promise((resolve) => setTimeout(resolve, holdMs))
      return act()
    } finally {
      busy.delete(spaceId)
    }
  }
  kernel.api({
    method: 'GET',
    path: `${root}/get_node`,
    limit,
    auth: 'any',
    handle: (call) => ({ node: wireNode(kernel, getNode(kernel, call)) }),
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:space_id/nodes`,
    limit,
    auth: 'any',
    handle: (call) => {
      const space = requireSpace(kernel, call.params.space_id, { reader: wikiReader(call) })
      const parent = String(call.query.parent_node_token ?? '')
      if (parent !== '' && findNode(kernel, parent)?.space_id !== space.space_id)
        throw wikiFailure.missing('node not found')
      const nodes = childrenOf(kernel, space.space_id, parent).map((node) => wireNode(kernel, node))
      return page(nodes, call.query, { size: 10, most: 50, code: 131002 })
    },
  })
  kernel.api({
    method: 'POST',
    path: `${root}/:space_id/nodes`,
    limit,
    auth: 'any',
    unverified: ['objects other than docx are empty shells', 'how long a write locks its space'],
    handle: async (call) => {
      const space = requireSpace(kernel, call.params.space_id, { reader: wikiReader(call) })
      const node = await write(space.space_id, () => createNode(kernel, call))
      return { node: wireNode(kernel, node) }
    },
  })
  const onNode = (action: string, act: (node: WikiNode, call: ApiCall) => unknown) =>
    kernel.api({
      method: 'POST',
      path: `${root}/:space_id/nodes/:node_token/${action}`,
      limit,
      auth: 'any',
      handle: (call) => {
        const node = nodeIn(kernel, call, wikiReader(call))
        return write(node.space_id, () => act(node, call))
      },
    })
  onNode('move', (node, call) => ({ node: wireNode(kernel, moveNode(kernel, node, call)) }))
  onNode('copy', (node, call) => ({ node: wireNode(kernel, copyNode(kernel, node, call)) }))
  onNode('update_title', (node, call) => {
    renameNode(kernel, node, call)
    return {}
  })
  registerMoveIn(kernel, write)
}

function registerMoveIn(kernel: Kernel, write: <T>(spaceId: string, act: () => T) => Promise<T>): void {
  kernel.api({
    method: 'POST',
    path: `${root}/:space_id/nodes/move_docs_to_wiki`,
    limit,
    auth: 'any',
    handle: (call) => {
      const space = requireSpace(kernel, call.params.space_id, { reader: wikiReader(call) })
      const { obj_token, obj_type, parent_wiki_token } = call.body
      const document = findDocument(kernel, String(obj_token))
      if (!document || obj_type !== 'docx') throw wikiFailure.missing('document not found')
      if (wikiState(kernel).nodes.some((one) => one.obj_token === obj_token)) throw wikiFailure.exists()
      const parent = parentIn(kernel, space.space_id, parent_wiki_token)
      return write(space.space_id, () => {
        const node = addNode(kernel, {
          space_id: space.space_id,
          obj_token: document.document_id,
          obj_type: 'docx',
          parent,
          node_type: 'origin',
          title: document.title,
          creator: call.user ?? 'app',
        })
        if (Object.keys(document.blocks).length <= mostAtOnce) return { wiki_token: node.node_token }
        const task = `${space.space_id}-${node.node_token}`
        wikiState(kernel).tasks[task] = { node: node.node_token }
        wikiChanged(kernel)
        return { task_id: task }
      })
    },
  })
}

function getNode(kernel: Kernel, call: ApiCall): WikiNode {
  const { token, obj_type } = call.query
  const isNodeToken = obj_type === undefined || obj_type === 'wiki'
  const node = wikiState(kernel).nodes.find((one) =>
    isNodeToken ? one.node_token === token : one.obj_token === token && one.obj_type === obj_type,
  )
  if (!node) throw wikiFailure.missing(isNodeToken ? 'node not found' : 'document is not in wiki')
  requireSpace(kernel, node.space_id, { reader: wikiReader(call) })
  return node
}

function nodeIn(kernel: Kernel, call: ApiCall, reader: WikiReader): WikiNode {
  const space = requireSpace(kernel, call.params.space_id, { reader })
  const node = findNode(kernel, call.params.node_token ?? '')
  if (!node || node.space_id !== space.space_id) throw wikiFailure.missing('node not found')
  return node
}

function parentIn(kernel: Kernel, spaceId: string, token: unknown): string {
  if (token === undefined || token === '') return ''
  if (findNode(kernel, String(token))?.space_id !== spaceId)
    throw wikiFailure.missing('parent node not found')
  return String(token)
}

function createNode(kernel: Kernel, call: ApiCall): WikiNode {
  const { obj_type, node_type, origin_node_token, title, parent_node_token } = call.body
  const space_id = call.params.space_id ?? ''
  const parent = parentIn(kernel, space_id, parent_node_token)
  const creator = call.user ?? 'app'
  const name = readTitle(title ?? '')
  if (obj_type === 'doc') throw wikiFailure.oldDoc()
  if (obj_type === 'file') throw wikiFailure.param('files cannot be created')
  if (node_type === 'shortcut') {
    const origin = findNode(kernel, String(origin_node_token ?? ''))
    if (!origin) throw wikiFailure.missing('origin node not found')
    return addNode(kernel, {
      space_id,
      obj_token: origin.obj_token,
      obj_type: origin.obj_type,
      parent,
      node_type: 'shortcut',
      origin: origin.node_token,
      title: name,
      creator,
    })
  }
  const obj_token =
    obj_type === 'docx' ? addDocument(kernel, { title: name, owner: creator }).document_id : newToken(kernel)
  return addNode(kernel, {
    space_id,
    obj_token,
    obj_type: String(obj_type),
    parent,
    node_type: 'origin',
    title: name,
    creator,
  })
}

function readTitle(value: unknown): string {
  if (typeof value !== 'string' || value.length > longestTitle) throw wikiFailure.param('title is too long')
  return value
}

/** Where a move or copy goes; without a target space it stays in its own. */
function target(kernel: Kernel, call: ApiCall): { spaceId: string; parent: string } {
  const { target_space_id, target_parent_token } = call.body
  if (!target_space_id && !target_parent_token)
    throw wikiFailure.param('target_parent_token and target_space_id are both empty')
  const spaceId =
    target_space_id ?? findNode(kernel, String(target_parent_token))?.space_id ?? call.params.space_id
  const space = requireSpace(kernel, spaceId, { reader: wikiReader(call) })
  return { spaceId: space.space_id, parent: parentIn(kernel, space.space_id, target_parent_token) }
}

function moveNode(kernel: Kernel, node: WikiNode, call: ApiCall): WikiNode {
  const { spaceId, parent } = target(kernel, call)
  const below = nodesBelow(kernel, node)
  if (below.some((one) => one.node_token === parent))
    throw wikiFailure.param('a node cannot move below itself')
  for (const one of below) one.space_id = spaceId
  node.parent = parent
  const state = wikiState(kernel)
  state.nodes = [...state.nodes.filter((one) => one !== node), node]
  wikiChanged(kernel)
  return node
}

function copyNode(kernel: Kernel, node: WikiNode, call: ApiCall): WikiNode {
  const { spaceId, parent } = target(kernel, call)
  const source = findDocument(kernel, node.obj_token)
  const title = call.body.title === undefined ? (source?.title ?? node.title) : readTitle(call.body.title)
  const creator = call.user ?? 'app'
  let obj_token = newToken(kernel)
  if (source) {
    const copy = addDocument(kernel, { title, owner: creator })
    const { [source.document_id]: page, ...rest } = structuredClone(source.blocks)
    const own = copy.blocks[copy.document_id]
    if (own && page?.children) own.children = page.children
    for (const block of Object.values(rest))
      if (block.parent_id === source.document_id) block.parent_id = copy.document_id
    Object.assign(copy.blocks, rest)
    obj_token = copy.document_id
  }
  return addNode(kernel, {
    space_id: spaceId,
    obj_token,
    obj_type: node.obj_type,
    parent,
    node_type: 'origin',
    title,
    creator,
  })
}

function renameNode(kernel: Kernel, node: WikiNode, call: ApiCall): void {
  const title = readTitle(call.body.title)
  const document = node.node_type === 'origin' ? findDocument(kernel, node.obj_token) : undefined
  if (!document && node.node_type === 'origin')
    throw wikiFailure.param('only docx and shortcuts can be renamed')
  node.title = title
  if (document) renameDocument(kernel, document, title)
  wikiChanged(kernel)
}
