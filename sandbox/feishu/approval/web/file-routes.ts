/** Files of forms: people hand them in and open them. */
import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { fileByCode, fileHeaders, storeFile } from '../files.ts'
import { readUpload } from '../upload.ts'
import type { UploadedFile } from './shapes.ts'

/** `POST approval/files` (multipart: name, type, content) */
export async function uploadFile(kernel: Kernel, call: WebCall): Promise<UploadedFile> {
  personOf(kernel, call)
  const { code, name, size, type } = storeFile(kernel, await readUpload(call.request))
  return { code, name, size, image: type === 'image' }
}

/** `GET approval/files/:code` */
export function sendFile(kernel: Kernel, call: WebCall): unknown {
  personOf(kernel, call)
  const file = fileByCode(kernel, call.params.code ?? '')
  if (!file?.content) throw new ApiFailure(404, '文件不存在 no such file', { status: 404 })
  return call.reply.headers(fileHeaders(file)).send(Buffer.from(file.content, 'base64'))
}
