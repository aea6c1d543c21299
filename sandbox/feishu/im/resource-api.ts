import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { readBlob } from './blobs.ts'
import { findChat } from './chats.ts'
import { imFailureText } from './failures.ts'
import { messageState } from './im-state.ts'
import { imageKind } from './image-kind.ts'
import { findMessage } from './message-store.ts'
import { resourceFailure } from './upload-api.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const noResources = new Set(['merge_forward', 'interactive', 'sticker'])

/** Downloads: the app's own uploads by key, and what people sent by message. Feishu docs: 下载图片, 下载文件, 获取消息中的资源文件. */
export function registerResourceApi(kernel: Kernel): void {
  kernel.api({
    method: 'GET',
    path: '/open-apis/im/v1/images/:image_key',
    limit,
    handle: (call) => {
      const key = call.params.image_key ?? ''
      const { images } = messageState(kernel)
      const image = Object.hasOwn(images, key) ? images[key] : undefined
      if (!image) throw resourceFailure(234001)
      if (image.by !== undefined || image.use === 'avatar') throw resourceFailure(234008)
      return sendBytes(kernel, call, { key })
    },
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/im/v1/files/:file_key',
    limit,
    handle: (call) => {
      const key = call.params.file_key ?? ''
      const { files } = messageState(kernel)
      const file = Object.hasOwn(files, key) ? files[key] : undefined
      if (!file) throw resourceFailure(234001)
      if (file.by !== undefined) throw resourceFailure(234008)
      return sendBytes(kernel, call, { key, name: file.name })
    },
  })
  kernel.api({
    method: 'GET',
    path: '/open-apis/im/v1/messages/:message_id/resources/:file_key',
    limit,
    handle: (call) => fromMessage(kernel, call),
  })
}

function fromMessage(kernel: Kernel, call: ApiCall): unknown {
  const type = call.query.type
  if (type !== 'image' && type !== 'file') throw resourceFailure(234001)
  const message = findMessage(kernel, call.params.message_id ?? '')
  if (!message) throw resourceFailure(234001)
  if (!findChat(kernel, message.chat_id)?.hasBot) throw resourceFailure(234004)
  if (message.state === 'recalled')
    throw imFailureText(230110, 'Action unavailable as the message has been deleted.')
  if (message.upper_message_id || noResources.has(message.msg_type)) throw resourceFailure(234043)
  const key = call.params.file_key ?? ''
  const { images, files } = messageState(kernel)
  const isThere = Object.hasOwn(type === 'image' ? images : files, key)
  if (!isThere || !message.content.includes(`"${key}"`)) throw resourceFailure(234003)
  return sendBytes(kernel, call, { key, ...(type === 'file' && { name: files[key]?.name ?? key }) })
}

/** The bytes as they came. Those the sandbox has forgotten answer as deleted ones do. */
function sendBytes(kernel: Kernel, call: ApiCall, wanted: { key: string; name?: string }): unknown {
  const bytes = readBlob(kernel, wanted.key)
  if (!bytes) throw resourceFailure(234005)
  const name = encodeURIComponent(wanted.name ?? wanted.key)
  return call.reply
    .headers({
      'content-type': imageKind(bytes)?.type ?? 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
      'x-content-type-options': 'nosniff',
    })
    .send(bytes)
}
