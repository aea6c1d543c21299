import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { findPerson } from '../../contact/people.ts'
import { type Document, documents, findDocument } from '../../docx/document-state.ts'
import { mayUseDocument } from '../../docx/rights.ts'
import { findMedia, mediaBytes } from '../../drive/media-store.ts'
import { excerpt, findTexts } from '../../search/index.ts'
import { childrenOf, findNode, spaceOfDocument, titleOf } from '../../wiki/nodes.ts'
import { spaceRight } from '../../wiki/rights.ts'
import { type WikiNode, wikiState } from '../../wiki/wiki-state.ts'
import { viewBlocks } from './block-view.ts'
import type { WebDocsHit, WebDocsHome, WebDocsNode, WebDocument } from './docs-shapes.ts'

/** /_web/docs: what a person finds and reads in wikis and documents. */
export function registerDocsWeb(kernel: Kernel): void {
  kernel.web('GET', 'docs', (call) => home(kernel, call))
  kernel.web('GET', 'docs/search', (call) => search(kernel, call))
  kernel.web('GET', 'docs/wiki/:token', (call) => readNode(kernel, call))
  kernel.web('GET', 'docs/docx/:id', (call) => {
    const document = readable(kernel, call, call.params.id ?? '')
    const node = wikiState(kernel).nodes.find((one) => one.obj_token === document.document_id)
    return viewDocument(kernel, document, node)
  })
  kernel.web('GET', 'docs/media/:id/:token', (call) => sendPicture(kernel, call))
}

function reader(kernel: Kernel, call: WebCall) {
  return { kind: 'person', openId: personOf(kernel, call).open_id } as const
}

function readable(kernel: Kernel, call: WebCall, id: string): Document {
  const document = findDocument(kernel, id)
  if (!document) throw new ApiFailure(404, '文档不存在或已删除 this document does not exist', { status: 404 })
  if (!mayUseDocument(kernel, document, { reader: reader(kernel, call), right: 'read' }))
    throw new ApiFailure(403, '你没有阅读权限，请联系文档所有者 you may not read this document', {
      status: 403,
    })
  return document
}

function home(kernel: Kernel, call: WebCall): WebDocsHome {
  const who = reader(kernel, call)
  return {
    spaces: wikiState(kernel)
      .spaces.filter((space) => spaceRight(kernel, space, who))
      .map(({ space_id, name, description }) => ({
        id: space_id,
        name,
        description,
        nodes: tree(kernel, space_id, ''),
      })),
    documents: Object.values(documents(kernel))
      .filter(
        (document) =>
          spaceOfDocument(kernel, document.document_id) === undefined &&
          mayUseDocument(kernel, document, { reader: who, right: 'read' }),
      )
      .map((document) => ({
        id: document.document_id,
        title: document.title,
        owner: ownerName(kernel, document),
        updatedAt: document.updatedAt,
      }))
      .toSorted((a, b) => b.updatedAt - a.updatedAt),
  }
}

function tree(kernel: Kernel, spaceId: string, parent: string): WebDocsNode[] {
  return childrenOf(kernel, spaceId, parent).map((node) => ({
    token: node.node_token,
    title: titleOf(kernel, node),
    type: node.obj_type,
    isShortcut: node.node_type === 'shortcut',
    children: tree(kernel, spaceId, node.node_token),
  }))
}

function ownerName(kernel: Kernel, document: Document): string {
  return document.owner === 'app'
    ? kernel.identity().botName
    : (findPerson(kernel, document.owner, 'open_id')?.name ?? '')
}

function pathOf(kernel: Kernel, node: WikiNode | undefined): WebDocument['path'] {
  if (!node) return []
  const parent = findNode(kernel, node.parent)
  if (parent) return [...pathOf(kernel, parent), { name: titleOf(kernel, parent), token: parent.node_token }]
  const space = wikiState(kernel).spaces.find((one) => one.space_id === node.space_id)
  return space ? [{ name: space.name, token: '' }] : []
}

function viewDocument(kernel: Kernel, document: Document, node: WikiNode | undefined): WebDocument {
  const page = document.blocks[document.document_id]
  return {
    id: document.document_id,
    title: document.title,
    owner: ownerName(kernel, document),
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    path: pathOf(kernel, node),
    blocks: viewBlocks(kernel, document, page?.children ?? []),
    type: 'docx',
  }
}

function readNode(kernel: Kernel, call: WebCall): WebDocument {
  const node = findNode(kernel, call.params.token ?? '')
  if (!node) throw new ApiFailure(404, '页面不存在或已删除 this page does not exist', { status: 404 })
  const space = wikiState(kernel).spaces.find((one) => one.space_id === node.space_id)
  if (!space || !spaceRight(kernel, space, reader(kernel, call)))
    throw new ApiFailure(403, '你不是这个知识库的成员 you are no member of this wiki', { status: 403 })
  const document = findDocument(kernel, node.obj_token)
  if (document) return viewDocument(kernel, document, node)
  return {
    id: node.obj_token,
    title: titleOf(kernel, node),
    owner: findPerson(kernel, node.creator, 'open_id')?.name ?? kernel.identity().botName,
    createdAt: node.createdAt,
    updatedAt: node.createdAt,
    path: pathOf(kernel, node),
    blocks: null,
    type: node.obj_type,
  }
}

function search(kernel: Kernel, call: WebCall): { hits: WebDocsHit[] } {
  const query = String(call.query.q ?? '').trim()
  if (query === '') return { hits: [] }
  const hits = findTexts(kernel, { openId: reader(kernel, call).openId, query })
  return {
    hits: hits.slice(0, 20).map(({ document, node }) => ({
      title: document.title,
      excerpt: excerpt(document, query),
      href: node ? `/wiki/${node.node_token}` : `/docx/${document.document_id}`,
      place: pathOf(kernel, node)[0]?.name ?? '',
    })),
  }
}

const pictures = /^image\/(png|jpeg|gif|webp|bmp)$/

/** A picture of a document the person may read; nothing but pictures, so that nothing can run. */
function sendPicture(kernel: Kernel, call: WebCall): unknown {
  readable(kernel, call, call.params.id ?? '')
  const token = call.params.token ?? ''
  const media = findMedia(kernel, token)
  const bytes = media && mediaBytes(kernel, token)
  const type = bytes ? pictureType(bytes) : undefined
  if (!bytes || type === undefined || !pictures.test(type))
    throw new ApiFailure(404, '图片不存在 no such picture', { status: 404 })
  return call.reply.header('x-content-type-options', 'nosniff').type(type).send(bytes)
}

function pictureType(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 12)
  if (start.subarray(0, 4).toString('hex') === '89504e47') return 'image/png'
  if (start.subarray(0, 3).toString('hex') === 'ffd8ff') return 'image/jpeg'
  if (start.subarray(0, 4).toString('latin1') === 'GIF8') return 'image/gif'
  if (start.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp'
  return start.subarray(0, 2).toString('latin1') === 'BM' ? 'image/bmp' : undefined
}
