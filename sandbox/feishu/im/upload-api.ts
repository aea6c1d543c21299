import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { keepBlob } from './blobs.ts'
import { messageState } from './im-state.ts'
import { imageKind } from './image-kind.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const imageBytes = 10 * 1024 * 1024
const fileBytes = 30 * 1024 * 1024
const fileTypes = new Set(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'])
/** px of a side */
const widestGif = 2_000
const widest = 12_000

interface Upload {
  fields: Record<string, string>
  file: MultipartFile | undefined
  bytes: Buffer
}

/** im/v1/images and im/v1/files. Feishu docs: 上传图片, 上传文件. */
export function registerUploadApi(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/im/v1/images',
    limit,
    handle: async (call) => uploadImage(kernel, await readUpload(call)),
  })
  kernel.api({
    method: 'POST',
    path: '/open-apis/im/v1/files',
    limit,
    handle: async (call) => uploadFile(kernel, await readUpload(call)),
  })
}

function uploadImage(kernel: Kernel, { fields, file, bytes }: Upload): unknown {
  const use = fields.image_type ?? ''
  if (!file || !['message', 'avatar'].includes(use)) throw resourceFailure(234001)
  if (bytes.length === 0) throw resourceFailure(234010)
  if (bytes.length > imageBytes) throw resourceFailure(234006)
  const kind = imageKind(bytes)
  if (!kind) throw resourceFailure(234011)
  const most = kind.type === 'image/gif' ? widestGif : widest
  if ((kind.width ?? 0) > most || (kind.height ?? 0) > most) throw resourceFailure(234039)
  const key = `img_v3_${kernel.id('').slice(0, 12)}`
  messageState(kernel).images[key] = { size: bytes.length, type: kind.type, use }
  keepBlob(kernel, key, bytes)
  kernel.changed('im-messages')
  return { image_key: key }
}

function uploadFile(kernel: Kernel, { fields, file, bytes }: Upload): unknown {
  const type = fields.file_type ?? ''
  if (!file || !fileTypes.has(type) || !fields.file_name) throw resourceFailure(234001)
  if (bytes.length === 0) throw resourceFailure(234010)
  if (bytes.length > fileBytes) throw resourceFailure(234006)
  const key = `file_v3_${kernel.id('').slice(0, 12)}`
  messageState(kernel).files[key] = { size: bytes.length, name: fields.file_name, type }
  keepBlob(kernel, key, bytes)
  kernel.changed('im-messages')
  return { file_key: key }
}

async function readUpload(call: ApiCall): Promise<Upload> {
  if (!call.request.isMultipart()) throw resourceFailure(234001)
  const upload: Upload = { fields: {}, bytes: Buffer.alloc(0), file: undefined }
  for await (const part of call.request.parts()) {
    if (part.type === 'file') {
      upload.file = part
      upload.bytes = await part.toBuffer()
    } else upload.fields[part.fieldname] = String((part as MultipartValue).value)
  }
  return upload
}

const texts = {
  234001: 'Invalid request param.',
  234003: 'File not in message.',
  234004: 'App not in chat.',
  234005: 'Image has been deleted',
  234006: 'The file size exceed the max value.',
  234008: 'The app is not the resource sender',
  234010: "File's size can't be 0.",
  234011: "Can't regonnize the image format.",
  234039: 'Image resolution exceeds limit.',
  234043: 'Unsupported message type.',
} as const

/** The platform's refusal about images and files. Feishu docs: 上传图片, 获取消息中的资源文件. */
export function resourceFailure(code: keyof typeof texts): ApiFailure {
  return new ApiFailure(code, texts[code])
}
