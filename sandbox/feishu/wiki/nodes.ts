import type { Kernel } from '../../kernel/types.ts'
import { findDocument, newToken } from '../docx/document-state.ts'
import { type Space, type WikiNode, wikiChanged, wikiFailure, wikiState } from './wiki-state.ts'

export function findNode(kernel: Kernel, token: string): WikiNode | undefined {
  return wikiState(kernel).nodes.find((one) => one.node_token === token)
}

/** The space a document stands in, if it stands in one. */
export function spaceOfDocument(kernel: Kernel, documentId: string): Space | undefined {
  const { nodes, spaces } = wikiState(kernel)
  const node = nodes.find((one) => one.obj_token === documentId)
  return node && spaces.find((one) => one.space_id === node.space_id)
}

export function childrenOf(kernel: Kernel, spaceId: string, parent: string): WikiNode[] {
  return wikiState(kernel).nodes.filter((one) => one.space_id === spaceId && one.parent === parent)
}

/** A node and everything below it. */
export function nodesBelow(kernel: Kernel, node: WikiNode): WikiNode[] {
  return [
    node,
    ...childrenOf(kernel, node.space_id, node.node_token).flatMap((child) => nodesBelow(kernel, child)),
  ]
}

const mostChildren = 2000

export function addNode(
  kernel: Kernel,
  wanted: Omit<WikiNode, 'node_token' | 'createdAt'> & { parent: string },
): WikiNode {
  if (childrenOf(kernel, wanted.space_id, wanted.parent).length >= mostChildren)
    throw wikiFailure.limit('too many nodes on this level')
  const node: WikiNode = { ...wanted, node_token: newToken(kernel), createdAt: kernel.clock.now() }
  wikiState(kernel).nodes.push(node)
  wikiChanged(kernel)
  return node
}

/** A document's own title counts; other objects keep theirs on the node. */
export function titleOf(kernel: Kernel, node: WikiNode): string {
  const origin = node.origin === undefined ? node : (findNode(kernel, node.origin) ?? node)
  return node.node_type === 'shortcut' && node.title !== ''
    ? node.title
    : (findDocument(kernel, origin.obj_token)?.title ?? origin.title)
}

const seconds = (ms: number) => String(Math.floor(ms / 1000))

/** A node as the API shows it. */
export function wireNode(kernel: Kernel, node: WikiNode): Record<string, unknown> {
  const document = findDocument(kernel, node.obj_token)
  const origin = node.origin === undefined ? node : (findNode(kernel, node.origin) ?? node)
  const who = node.creator === 'app' ? kernel.identity().botOpenId : node.creator
  return {
    space_id: node.space_id,
    node_token: node.node_token,
    obj_token: node.obj_token,
    obj_type: node.obj_type,
    parent_node_token: node.parent,
    node_type: node.node_type,
    origin_node_token: origin.node_token,
    origin_space_id: origin.space_id,
    has_child: childrenOf(kernel, node.space_id, node.node_token).length > 0,
    title: titleOf(kernel, node),
    obj_create_time: seconds(document?.createdAt ?? node.createdAt),
    obj_edit_time: seconds(document?.updatedAt ?? node.createdAt),
    node_create_time: seconds(node.createdAt),
    creator: who,
    owner: document && document.owner !== 'app' ? document.owner : who,
    node_creator: who,
  }
}
