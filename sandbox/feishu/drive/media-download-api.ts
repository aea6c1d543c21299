import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import type { FileDirectory } from './files.ts'
import { mediaFailure } from './media-failures.ts'
import { findMedia, type Media, mediaBytes } from './media-store.ts'
import { sendFile } from './send-file.ts'

const limit = { perSecond: 5 }
/** UNVERIFIED: the page names no number; the docs' other batch lists of files take five. */
const mostTokens = 5
const linkLivesMs = 24 * 3_600_000

interface TmpLink {
  file_token: string
  until: number
}

/** drive/v1/medias: downloads, and links that need no token for 24 hours. Feishu docs: 下载素材, 获取素材临时下载链接. */
export function registerMediaDownloadApi(kernel: Kernel, files: FileDirectory): void {
  const path = '/open-apis/drive/v1/medias'
  kernel.api({
    method: 'GET',
    path: `${path}/:file_token/download`,
    limit,
    handle: (call) => {
      const media = readable(kernel, files, call.params.file_token ?? '', call)
      return send(kernel, call, media)
    },
  })
  kernel.api({
    method: 'GET',
    path: `${path}/batch_get_tmp_download_url`,
    limit,
    unverified: ['at most 5 file_tokens per call'],
    handle: (call) => {
      const given = call.query.file_tokens
      const tokens = (Array.isArray(given) ? given : [given ?? '']).flatMap((one) => one.split(','))
      if (tokens.length > mostTokens || tokens.includes('')) throw mediaFailure(1061002)
      return {
        tmp_download_urls: tokens.flatMap((file_token) =>
          findMedia(kernel, file_token) && readable(kernel, files, file_token, call)
            ? [{ file_token, tmp_download_url: tmpLink(kernel, file_token) }]
            : [],
        ),
      }
    },
  })
  kernel.app.get('/space/api/box/stream/download/authcode/', (request, reply) => {
    const { code } = request.query as { code?: string }
    const link = code === undefined || !Object.hasOwn(links(kernel), code) ? undefined : links(kernel)[code]
    const media = link && link.until > kernel.clock.now() ? findMedia(kernel, link.file_token) : undefined
    const bytes = media && mediaBytes(kernel, media.file_token)
    if (!media || !bytes) return reply.code(403).send({ code: 1061005, msg: 'auth failed.' })
    return sendFile(request, reply, { media, bytes })
  })
}

/** The app may read the document the file belongs to; under advanced permissions `extra` must name the table. */
function readable(kernel: Kernel, files: FileDirectory, fileToken: string, call: ApiCall): Media {
  const media = findMedia(kernel, fileToken)
  if (!media) throw mediaFailure(1061003)
  const parent = files.find(media.parent_node)
  if (media.parent_node !== '' && !parent?.shared_with_app) throw mediaFailure(1061004)
  if (parent?.is_advanced && !namesTable(call.query.extra)) throw mediaFailure(1061002, 'extra is needed')
  if (parent?.is_advanced && parent.app_perm !== undefined && parent.app_perm !== 'full_access')
    throw mediaFailure(1061004)
  return media
}

function namesTable(extra: unknown): boolean {
  try {
    const { bitablePerm } = JSON.parse(String(extra)) as { bitablePerm?: { tableId?: unknown } }
    return typeof bitablePerm?.tableId === 'string'
  } catch {
    return false
  }
}

function send(kernel: Kernel, call: ApiCall, media: Media) {
  const bytes = mediaBytes(kernel, media.file_token)
  if (!bytes) throw new ApiFailure(1061007, 'file has been delete.', { status: 404 })
  return sendFile(call.request, call.reply, { media, bytes })
}

function links(kernel: Kernel): Record<string, TmpLink> {
  return kernel.state<{ links: Record<string, TmpLink> }>('drive-links', () => ({ links: {} })).links
}

function tmpLink(kernel: Kernel, file_token: string): string {
  const all = links(kernel)
  const now = kernel.clock.now()
  for (const [code, link] of Object.entries(all)) if (link.until <= now) delete all[code]
  const code = Buffer.from(kernel.id('auth_')).toString('base64url')
  all[code] = { file_token, until: now + linkLivesMs }
  kernel.changed('drive-links')
  return `${kernel.baseUrl()}/space/api/box/stream/download/authcode/?code=${code}`
}
