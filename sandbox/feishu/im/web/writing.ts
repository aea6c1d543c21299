import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { keepBlob, readBlob } from '../blobs.ts'
import { checkContent } from '../content.ts'
import { messageState } from '../im-state.ts'
import { imageKind } from '../image-kind.ts'
import { mentionsIn } from '../mentions.ts'
import { mayBySetting, mayWrite } from '../rights.ts'
import { seeChat, startSeen } from '../seen.ts'
import { writeMessage } from '../write-message.ts'
import type { Draft } from './shapes.ts'
import { chatOfPerson, messageOfPerson, viewOf } from './views.ts'

const imageBytes = 10 * 1024 * 1024
const fileBytes = 30 * 1024 * 1024
const types = new Set(['text', 'post', 'image', 'file'])
const longestText = 20_000

/** What a person sends: messages, pictures, files. */
export function registerWriting(kernel: Kernel): void {
  kernel.web('POST', 'messenger/chats/:chat_id/messages', (call) => write(kernel, call))
  kernel.web('POST', 'messenger/uploads', (call) => upload(kernel, call))
  kernel.web('GET', 'messenger/images/:key', (call) => image(kernel, call))
  kernel.web('GET', 'messenger/files/:key', (call) => file(kernel, call))
}

function write(kernel: Kernel, call: WebCall) {
  const { open_id } = personOf(kernel, call)
  const chat = chatOfPerson(kernel, call.params.chat_id, open_id)
  const draft = call.body as unknown as Draft
  if (!types.has(draft.type) || typeof draft.content !== 'object' || draft.content === null)
    throw new ApiFailure(400, 'type and content are needed')
  if (!mayWrite(chat, open_id))
    throw new ApiFailure(403, '本群已设置发言权限 you may not write in this group')
  const content = JSON.stringify(draft.content)
  if (content.length > longestText) throw new ApiFailure(400, '消息太长了 the message is too long')
  checkContent(kernel, draft.type, content)
  const speaksToAll = mentionsIn(kernel, draft.type, content).includes('all')
  if (speaksToAll && !mayBySetting(chat, open_id, 'at_all_permission'))
    throw new ApiFailure(403, '仅群主和管理员可以@所有人 only the owner may mention everybody')
  const parent = draft.reply_to === undefined ? undefined : messageOfPerson(kernel, draft.reply_to, open_id)
  if (parent && (parent.chat_id !== chat.chat_id || parent.state === 'recalled'))
    throw new ApiFailure(409, '原消息已撤回 the message was recalled')
  seeChat(kernel, chat, open_id)
  const message = writeMessage(kernel, {
    chat,
    openId: open_id,
    type: draft.type,
    content: draft.content,
    parent,
    inThread: draft.in_thread === true,
  })
  startSeen(kernel, chat, [open_id])
  return viewOf(kernel, message, open_id)
}

async function upload(kernel: Kernel, call: WebCall) {
  const { open_id } = personOf(kernel, call)
  if (!call.request.isMultipart()) throw new ApiFailure(400, 'a file is needed')
  const fields: Record<string, string> = {}
  let found: { file: MultipartFile; bytes: Buffer } | undefined
  for await (const part of call.request.parts()) {
    if (part.type === 'file') found = { file: part, bytes: await part.toBuffer() }
    else fields[part.fieldname] = String((part as MultipartValue).value)
  }
  if (!found || found.bytes.length === 0) throw new ApiFailure(400, '文件是空的 the file is empty')
  const { bytes, file } = found
  const kind = imageKind(bytes)
  if (fields.as === 'image' && kind) {
    if (bytes.length > imageBytes) throw new ApiFailure(400, '图片超过 10 MB the picture is above 10 MB')
    const image_key = `img_v3_${kernel.id('').slice(0, 12)}`
    messageState(kernel).images[image_key] = {
      size: bytes.length,
      type: kind.type,
      use: 'message',
      by: open_id,
    }
    return kept(kernel, image_key, bytes, { image_key })
  }
  if (bytes.length > fileBytes) throw new ApiFailure(400, '文件超过 30 MB the file is above 30 MB')
  const file_key = `file_v3_${kernel.id('').slice(0, 12)}`
  messageState(kernel).files[file_key] = {
    size: bytes.length,
    name: file.filename,
    type: 'stream',
    by: open_id,
  }
  return kept(kernel, file_key, bytes, { file_key, file_name: file.filename })
}

function kept<T>(kernel: Kernel, key: string, bytes: Buffer, answer: T): T {
  keepBlob(kernel, key, bytes)
  kernel.changed('im-messages')
  return answer
}

/** Pictures are shown as what they are and nothing else: whatever the bytes say, no page of ours is made of them. */
function image(kernel: Kernel, call: WebCall) {
  const bytes = readBlob(kernel, call.params.key ?? '')
  const kind = bytes && imageKind(bytes)
  if (!bytes || !kind) throw new ApiFailure(404, '图片已过期 the picture is gone', { status: 404 })
  return call.reply
    .headers({
      'content-type': kind.type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=86400',
    })
    .send(bytes)
}

function file(kernel: Kernel, call: WebCall) {
  const key = call.params.key ?? ''
  const { files } = messageState(kernel)
  const stored = Object.hasOwn(files, key) ? files[key] : undefined
  const bytes = readBlob(kernel, key)
  if (!stored || !bytes) throw new ApiFailure(404, '文件已过期 the file is gone', { status: 404 })
  return call.reply
    .headers({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
    })
    .send(bytes)
}
