import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { page } from '../bitable/paging.ts'
import { type DriveFile, driveState, type FileDirectory, type Folder, isType } from './files.ts'
import { mediaFailure } from './media-failures.ts'
import { urlOf } from './meta-api.ts'

const root = '/open-apis/drive/v1/files'
const nameBytes = 256
const mostInFolder = 1_500
/** UNVERIFIED: how long the platform takes to move or delete a folder. */
const taskMs = 1_000

interface Entry {
  token: string
  name: string
  type: string
  parent: string
  owner: string
  /** ms */
  created: number
}

/** Folders and files of the app's own space. Feishu docs: 新建文件夹, 获取文件夹中的文件清单, 复制/移动/删除文件. */
export function registerFileApi(kernel: Kernel, files: FileDirectory): void {
  const fiveASecond = { perSecond: 5 }
  const api = (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    handle: (call: ApiCall) => unknown,
    limit = fiveASecond,
  ) => kernel.api({ method, path, limit, handle })
  kernel.api({
    method: 'GET',
    path: '/open-apis/drive/explorer/v2/root_folder/meta',
    handle: () => ({
      token: rootOf(kernel).token,
      id: '7110173013420512356',
      user_id: kernel.identity().appId,
    }),
  })
  api('POST', `${root}/create_folder`, ({ body }) => createFolder(kernel, files, body))
  api('GET', root, (call) => listFiles(kernel, files, call))
  api('POST', `${root}/:file_token/copy`, (call) => copyFile(kernel, files, call))
  kernel.api({
    method: 'POST',
    path: `${root}/:file_token/move`,
    limit: { perMinute: 20 },
    unverified: ['moving or deleting a folder takes 1 s'],
    handle: (call) => moveFile(kernel, files, call),
  })
  api('DELETE', `${root}/:file_token`, (call) => deleteFile(kernel, files, call))
  api('GET', `${root}/task_check`, ({ query }) => {
    const ends = driveState(kernel).tasks?.[String(query.task_id)]
    if (ends === undefined) throw mediaFailure(1061003)
    return { status: ends <= kernel.clock.now() ? 'success' : 'process' }
  })
}

function folders(kernel: Kernel): Record<string, Folder> {
  const state = driveState(kernel)
  state.folders ??= {}
  return state.folders
}

function rootOf(kernel: Kernel): Folder {
  const known = Object.values(folders(kernel)).find((folder) => folder.parent === '')
  if (known) return known
  const now = kernel.clock.now()
  const made = { token: kernel.id('nod'), name: '我的空间', parent: '', owner: 'app', created_time: now }
  folders(kernel)[made.token] = made
  kernel.changed('drive')
  return made
}

/** '' and the root's own token mean the root. */
function folderOf(kernel: Kernel, token: unknown): Folder {
  if (token === '' || token === undefined) return rootOf(kernel)
  const all = folders(kernel)
  const found = typeof token === 'string' && Object.hasOwn(all, token) ? all[token] : undefined
  if (!found) throw mediaFailure(1061003)
  return found
}

function entries(kernel: Kernel, files: FileDirectory): Entry[] {
  const top = rootOf(kernel).token
  const docs = (files.list?.() ?? [])
    .filter((file) => file.owner === 'app')
    .map(({ token, name, type = 'bitable', folder_token, owner, created_time }) => {
      const parent = folder_token && Object.hasOwn(folders(kernel), folder_token) ? folder_token : top
      return { token, name, type, parent, owner, created: created_time ?? 0 }
    })
  const inner = Object.values(folders(kernel))
    .filter(({ parent }) => parent !== '')
    .map(({ token, name, parent, owner, created_time }) => ({
      token,
      name,
      type: 'folder',
      parent,
      owner,
      created: created_time,
    }))
  return [...inner, ...docs]
}

function room(kernel: Kernel, files: FileDirectory, folder: Folder): void {
  const count = entries(kernel, files).filter((entry) => entry.parent === folder.token).length
  if (count >= mostInFolder) throw mediaFailure(1062507)
}

function readName(given: unknown): string {
  const name = typeof given === 'string' ? given.trim() : ''
  if (name === '' || Buffer.byteLength(name) > nameBytes) throw mediaFailure(1061002, 'name: 1 to 256 bytes')
  return name
}

function createFolder(kernel: Kernel, files: FileDirectory, body: ApiCall['body']) {
  const name = readName(body.name)
  const parent = folderOf(kernel, body.folder_token)
  room(kernel, files, parent)
  const token = kernel.id('fld')
  folders(kernel)[token] = {
    token,
    name,
    parent: parent.token,
    owner: 'app',
    created_time: kernel.clock.now(),
  }
  kernel.changed('drive')
  return { token, url: urlOf(kernel, 'folder', token) }
}

function listFiles(kernel: Kernel, files: FileDirectory, { query }: ApiCall) {
  const folder = folderOf(kernel, query.folder_token)
  const size = Number(query.page_size ?? 100)
  if (!Number.isInteger(size) || size < 1 || size > 200) throw mediaFailure(1061002, 'page_size: 1 to 200')
  const inside = entries(kernel, files)
    .filter((entry) => entry.parent === folder.token)
    .toSorted((a, b) => (query.direction === 'ASC' ? a.created - b.created : b.created - a.created))
  const token = typeof query.page_token === 'string' ? query.page_token : ''
  const { items, has_more, page_token } = page(inside, { token, size }, (entry) => entry.token)
  return { files: items.map((entry) => shown(kernel, entry)), has_more, next_page_token: page_token ?? '' }
}

function shown(kernel: Kernel, { token, name, type, parent, created }: Entry) {
  const seconds = String(Math.floor(created / 1000))
  return {
    token,
    name,
    type,
    parent_token: parent,
    url: urlOf(kernel, type, token),
    created_time: seconds,
    modified_time: seconds,
    owner_id: kernel.identity().botOpenId,
  }
}

function document(files: FileDirectory, call: ApiCall, type: unknown): DriveFile {
  const file = files.find(call.params.file_token ?? '')
  if (!file) throw mediaFailure(1061003)
  if (type === undefined || type === '' || !isType(file, type)) throw mediaFailure(1061002, 'type')
  if (!file.shared_with_app) throw mediaFailure(1061004)
  return file
}

function copyFile(kernel: Kernel, files: FileDirectory, call: ApiCall) {
  const file = document(files, call, call.body.type)
  const name = readName(call.body.name)
  const folder = folderOf(kernel, call.body.folder_token)
  room(kernel, files, folder)
  const token = files.copy?.(call.params.file_token ?? '', { name, folder_token: folder.token })
  if (!token) throw mediaFailure(1061002, 'this kind of file cannot be copied here')
  const type = file.type ?? 'bitable'
  return { file: { token, name, type, parent_token: folder.token, url: urlOf(kernel, type, token) } }
}

function moveFile(kernel: Kernel, files: FileDirectory, call: ApiCall) {
  const token = call.params.file_token ?? ''
  const target = folderOf(kernel, call.body.folder_token)
  const folder = folders(kernel)[token]
  if (!folder) {
    if (document(files, call, call.body.type).owner !== 'app') throw mediaFailure(1061004)
    room(kernel, files, target)
    files.move?.(token, target.token)
    return {}
  }
  if (call.body.type !== 'folder' || folder.parent === '' || isInside(kernel, target, folder))
    throw mediaFailure(1061002)
  room(kernel, files, target)
  folder.parent = target.token
  return { task_id: startTask(kernel) }
}

function isInside(kernel: Kernel, folder: Folder, outer: Folder): boolean {
  if (folder.token === outer.token) return true
  const parent = folders(kernel)[folder.parent]
  return parent !== undefined && isInside(kernel, parent, outer)
}

function deleteFile(kernel: Kernel, files: FileDirectory, call: ApiCall) {
  const token = call.params.file_token ?? ''
  const folder = folders(kernel)[token]
  if (!folder) {
    if (document(files, call, call.query.type).owner !== 'app') throw mediaFailure(1062501)
    files.remove?.(token)
    return {}
  }
  if (call.query.type !== 'folder' || folder.parent === '') throw mediaFailure(1061002)
  for (const entry of entries(kernel, files)) if (entry.parent === token) removeEntry(kernel, files, entry)
  delete folders(kernel)[token]
  return { task_id: startTask(kernel) }
}

function removeEntry(kernel: Kernel, files: FileDirectory, entry: Entry): void {
  if (entry.type !== 'folder') {
    files.remove?.(entry.token)
    return
  }
  for (const inner of entries(kernel, files))
    if (inner.parent === entry.token) removeEntry(kernel, files, inner)
  delete folders(kernel)[entry.token]
}

function startTask(kernel: Kernel): string {
  const state = driveState(kernel)
  const id = `73${String(kernel.random.int(10_000_000_000, 99_999_999_999))}`
  state.tasks = { ...state.tasks, [id]: kernel.clock.now() + taskMs }
  kernel.changed('drive')
  return id
}
