/** Reads an upload of a file for a form. */
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { approvalFailure } from './failures.ts'

const largest = { image: 10 * 1024 * 1024, attachment: 50 * 1024 * 1024 } as const

/** Parts name, type (image or attachment), content. @throws ApiFailure 1390001 (UNVERIFIED code for what is refused) */
export async function readUpload(
  request: FastifyRequest,
): Promise<{ name: string; type: keyof typeof largest; content: Buffer }> {
  if (!request.isMultipart()) throw approvalFailure(1390001, 'multipart/form-data is expected')
  const fields: Record<string, string> = {}
  let content: Buffer | undefined
  for await (const part of request.parts()) {
    if (part.type === 'file') content = await (part as MultipartFile).toBuffer()
    else fields[part.fieldname] = String((part as MultipartValue).value)
  }
  const { name = '', type } = fields
  if (type !== 'image' && type !== 'attachment') throw approvalFailure(1390001, 'type: image or attachment')
  if (name === '') throw approvalFailure(1390001, 'name is missing')
  if (!content || content.length === 0) throw approvalFailure(1390001, 'content is empty')
  if (content.length > largest[type])
    throw approvalFailure(1390001, `content: at most ${largest[type]} bytes`)
  return { name, type, content }
}
