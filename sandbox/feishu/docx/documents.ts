import type { Kernel } from '../../kernel/types.ts'
import type { DriveFile, FileDirectory } from '../drive/files.ts'
import {
  addDocument,
  type Document,
  documents,
  edited,
  findDocument,
  removeDocument,
} from './document-state.ts'
import { mayUseDocument } from './rights.ts'

/** Documents as drive sees them: permissions, subscriptions, folders, copies. */
export function documentFiles(kernel: Kernel): FileDirectory {
  const change = (token: string, apply: (document: Document) => void) => {
    const document = findDocument(kernel, token)
    if (!document) return
    apply(document)
    edited(kernel, document)
  }
  return {
    find(token) {
      const document = findDocument(kernel, token)
      return document && asFile(kernel, document)
    },
    hand: (token, openId) =>
      change(token, (document) => {
        document.owner = openId
      }),
    list: () =>
      Object.values(documents(kernel)).map((document) => ({
        ...asFile(kernel, document),
        token: document.document_id,
      })),
    copy(token, { name, folder_token }) {
      const source = findDocument(kernel, token)
      const copy = addDocument(kernel, { title: name, owner: 'app', folder_token })
      if (source) {
        const { [source.document_id]: page, ...rest } = structuredClone(source.blocks)
        Object.assign(copy.blocks, rest)
        const own = copy.blocks[copy.document_id]
        if (own && page?.children) own.children = page.children
      }
      return copy.document_id
    },
    move: (token, folder) =>
      change(token, (document) => {
        document.folder_token = folder
      }),
    remove: (token) => removeDocument(kernel, token),
  }
}

function asFile(kernel: Kernel, document: Document): DriveFile {
  const app = { kind: 'app' } as const
  const edits = mayUseDocument(kernel, document, { reader: app, right: 'edit' })
  const reads = edits || mayUseDocument(kernel, document, { reader: app, right: 'read' })
  return {
    name: document.title,
    owner: document.owner,
    shared_with_app: reads,
    ...(document.owner !== 'app' && { app_perm: edits ? 'edit' : 'view' }),
    type: 'docx',
    folder_token: document.folder_token,
    created_time: document.createdAt,
    modified_time: document.updatedAt,
  }
}

/** Several kinds of documents as one directory. */
export function joinDirectories(...all: readonly FileDirectory[]): FileDirectory {
  const of = (token: string) => all.find((one) => one.find(token) !== undefined)
  return {
    find: (token) => of(token)?.find(token),
    hand: (token, openId) => of(token)?.hand(token, openId),
    list: () => all.flatMap((one) => one.list?.() ?? []),
    copy: (token, wanted) => of(token)?.copy?.(token, wanted) ?? '',
    move: (token, folder) => of(token)?.move?.(token, folder),
    remove: (token) => of(token)?.remove?.(token),
  }
}
