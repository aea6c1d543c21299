import type { FastifyRequest } from 'fastify'
import { mediaFailure } from './media-failures.ts'

export interface Upload {
  fields: Record<string, string>
  bytes: Buffer | undefined
  /** Name of the part's own file, for browsers that send no `file_name`. */
  filename: string
}

/** The parts of a multipart upload. At most `most` bytes are kept: one more means "too large". */
export async function readUpload(request: FastifyRequest, most: number): Promise<Upload> {
  if (!request.isMultipart()) throw mediaFailure(1061002)
  const upload: Upload = { fields: {}, bytes: undefined, filename: '' }
  for await (const part of request.parts()) {
    if (part.type !== 'file') {
      upload.fields[part.fieldname] = String(part.value)
      continue
    }
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of part.file) {
      size += (chunk as Buffer).length
      if (size <= most) chunks.push(chunk as Buffer)
    }
    if (size > most) throw mediaFailure(1061043)
    upload.bytes = Buffer.concat(chunks)
    upload.filename = part.filename
  }
  return upload
}
