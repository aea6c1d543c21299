import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { messageState } from './im-state.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const imageBytes = 10 * 1024 * 1024
const fileBytes = 30 * 1024 * 1024
const fileTypes = new Set(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'])

interface Upload {
  fields: Record<string, string>
  bytes: number
  file: MultipartFile | undefined
}

/** im/v1/images and im/v1/files: only that a file came, its size and its name are kept. */
export function registerUploadApi(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/im/v1/images',
    limit,
    handle: async (call) => {
      const upload = await readUpload(call)
      if (!upload.file || !['message', 'avatar'].includes(upload.fields.image_type ?? ''))
        throw refused(234001)
      if (upload.bytes === 0) throw refused(234010)
      if (upload.bytes > imageBytes) throw refused(234006)
      const key = `img_v3_${kernel.id('').slice(0, 12)}`
      messageState(kernel).images[key] = { size: upload.bytes }
      kernel.changed('im-messages')
      return { image_key: key }
    },
  })
  kernel.api({
    method: 'POST',
    path: '/open-apis/im/v1/files',
    limit,
    handle: async (call) => {
      const upload = await readUpload(call)
      const type = upload.fields.file_type ?? ''
      if (!upload.file || !fileTypes.has(type) || !upload.fields.file_name) throw refused(234001)
      if (upload.bytes === 0) throw refused(234010)
      if (upload.bytes > fileBytes) throw refused(234006)
      const key = `file_v3_${kernel.id('').slice(0, 12)}`
      messageState(kernel).files[key] = { size: upload.bytes, name: upload.fields.file_name, type }
      kernel.changed('im-messages')
      return { file_key: key }
    },
  })
}

async function readUpload(call: ApiCall): Promise<Upload> {
  if (!call.request.isMultipart()) throw refused(234001)
  const upload: Upload = { fields: {}, bytes: 0, file: undefined }
  for await (const part of call.request.parts()) {
    if (part.type === 'file') {
      upload.file = part
      for await (const chunk of part.file) upload.bytes += (chunk as Buffer).length
    } else upload.fields[part.fieldname] = String((part as MultipartValue).value)
  }
  return upload
}

const texts = {
  234001: 'Invalid request param.',
  234006: 'The file size exceed the max value.',
  234010: "File's size can't be 0.",
} as const

function refused(code: keyof typeof texts): ApiFailure {
  return new ApiFailure(code, texts[code])
}
