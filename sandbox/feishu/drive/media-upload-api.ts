import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { adler32 } from './adler32.ts'
import type { FileDirectory } from './files.ts'
import { mediaFailure } from './media-failures.ts'
import { keepMedia } from './media-store.ts'
import { readUpload, type Upload } from './read-upload.ts'

/** Feishu docs: 上传素材 (5 calls a second, 10,000 a day). */
const limit = { perSecond: 5 }
export const mediaBytesMost = 20 * 1024 * 1024
const nameMost = 250
const blockBytes = 4 * 1024 * 1024
/** UNVERIFIED: how long a started upload may take. */
const uploadLivesMs = 24 * 3_600_000
const parentTypes = new Set([
  'bitable_image',
  'bitable_file',
  'docx_image',
  'docx_file',
  'doc_image',
  'doc_file',
  'sheet_image',
  'sheet_file',
  'vc_virtual_background',
  'moments',
  'ccm_import_open',
])

interface Target {
  name: string
  parent_type: string
  parent_node: string
  size: number
}

interface Started extends Target {
  until: number
  /** Blocks that came, by number. */
  blocks: Record<string, number>
}

/** drive/v1/medias: whole uploads up to 20 MB, and larger ones block by block. */
export function registerMediaUploadApi(kernel: Kernel, files: FileDirectory): void {
  const path = '/open-apis/drive/v1/medias'
  const text = { type: 'string' }
  const prepare = {
    type: 'object',
    required: ['file_name', 'parent_type', 'parent_node', 'size'],
    properties: {
      file_name: text,
      parent_type: text,
      parent_node: text,
      size: { type: 'integer' },
      extra: text,
    },
  }
  const finish = {
    type: 'object',
    required: ['upload_id', 'block_num'],
    properties: { upload_id: text, block_num: { type: 'integer' } },
  }
  const by = () => kernel.identity().botOpenId
  kernel.api({
    method: 'POST',
    path: `${path}/upload_all`,
    limit,
    unverified: ['10,000 uploads a day are not counted'],
    handle: async (call) => {
      const upload = await readUpload(call.request, mediaBytesMost)
      const target = readTarget(files, upload.fields)
      if (target.size > mediaBytesMost) throw mediaFailure(1061043)
      const bytes = wholeBytes(upload, target.size)
      return { file_token: keepMedia(kernel, { ...target, by: by() }, bytes).file_token }
    },
  })
  kernel.api({
    method: 'POST',
    path: `${path}/upload_prepare`,
    limit,
    body: prepare,
    handle: ({ body }) => start(kernel, readTarget(files, body)),
  })
  kernel.api({
    method: 'POST',
    path: `${path}/upload_part`,
    limit,
    handle: (call) => addBlock(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: `${path}/upload_finish`,
    limit,
    body: finish,
    handle: ({ body }) => ({ file_token: finishUpload(kernel, body, by()) }),
  })
}

function readTarget(files: FileDirectory, given: Record<string, unknown>): Target {
  const { file_name, parent_type, parent_node } = given
  const size = Number(given.size)
  if (typeof file_name !== 'string' || file_name === '' || file_name.length > nameMost)
    throw mediaFailure(1061008)
  if (typeof parent_type !== 'string' || !parentTypes.has(parent_type) || !/^\d+$/.test(String(given.size)))
    throw mediaFailure(1061002)
  const target = { name: file_name, parent_type, parent_node: String(parent_node ?? ''), size }
  if (parent_type === 'ccm_import_open') return { ...target, parent_node: '' }
  const parent = files.find(target.parent_node)
  if (!parent) throw mediaFailure(1061044)
  if (!parent.shared_with_app || parent.app_perm === 'view') throw mediaFailure(1061004)
  return target
}

function wholeBytes({ bytes, fields }: Upload, size: number): Buffer {
  if (!bytes) throw mediaFailure(1061002, 'file is missing')
  if (bytes.length !== size) throw mediaFailure(1062009)
  if (fields.checksum !== undefined && fields.checksum !== adler32(bytes)) throw mediaFailure(1062008)
  return bytes
}

function uploads(kernel: Kernel): Record<string, Started> {
  return kernel.state<{ started: Record<string, Started> }>('drive-uploads', () => ({ started: {} })).started
}

function blockNum(size: number): number {
  return Math.max(1, Math.ceil(size / blockBytes))
}

function start(kernel: Kernel, target: Target) {
  const upload_id =
    String(kernel.random.int(7_000_000_000_000, 7_999_999_999_999)) +
    kernel.id('').replace(/\D/g, '').slice(0, 6)
  uploads(kernel)[upload_id] = { ...target, until: kernel.clock.now() + uploadLivesMs, blocks: {} }
  kernel.changed('drive-uploads')
  return { upload_id, block_size: blockBytes, block_num: blockNum(target.size) }
}

function started(kernel: Kernel, id: unknown): Started {
  const all = uploads(kernel)
  const found = typeof id === 'string' && Object.hasOwn(all, id) ? all[id] : undefined
  if (!found || found.until < kernel.clock.now()) throw mediaFailure(1061021)
  return found
}

async function addBlock(kernel: Kernel, call: ApiCall): Promise<object> {
  const upload = await readUpload(call.request, blockBytes)
  const { upload_id, seq, size } = upload.fields
  const target = started(kernel, upload_id)
  if (!/^\d+$/.test(seq ?? '') || !/^\d+$/.test(size ?? '')) throw mediaFailure(1061002)
  if (Number(seq) >= blockNum(target.size)) throw mediaFailure(1062011)
  const bytes = wholeBytes(upload, Number(size))
  kernel.blobs.write(`block-${upload_id}-${Number(seq)}`, bytes)
  target.blocks[Number(seq)] = bytes.length
  kernel.changed('drive-uploads')
  return {}
}

function finishUpload(kernel: Kernel, body: ApiCall['body'], by: string): string {
  const target = started(kernel, body.upload_id)
  const count = blockNum(target.size)
  if (Number(body.block_num) !== count) throw mediaFailure(1062011)
  const keys = Array.from({ length: count }, (_, seq) => `block-${String(body.upload_id)}-${seq}`)
  const blocks = keys.map((key) => kernel.blobs.read(key))
  if (Object.keys(target.blocks).length < count || blocks.includes(undefined)) throw mediaFailure(1062010)
  const bytes = Buffer.concat(blocks.flatMap((block) => block ?? []))
  if (bytes.length !== target.size) throw mediaFailure(1062009)
  for (const key of keys) kernel.blobs.remove(key)
  delete uploads(kernel)[String(body.upload_id)]
  kernel.changed('drive-uploads')
  const { name, parent_type, parent_node } = target
  return keepMedia(kernel, { name, parent_type, parent_node, by }, bytes).file_token
}
