import type { Kernel } from '../../kernel/types.ts'

/** Facts of an upload; its bytes are `kernel.blobs` under `media-<file_token>`. */
export interface Media {
  file_token: string
  name: string
  /** bytes */
  size: number
  /** MIME */
  type: string
  parent_type: string
  /** Token of the document it may be used in; '' for an import. */
  parent_node: string
  /** open_id, or the bot's for the app */
  by: string
  /** ms */
  at: number
}

interface MediaState {
  medias: Record<string, Media>
}

const part = 'drive-medias'

const types: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  md: 'text/markdown',
  json: 'application/json',
  zip: 'application/zip',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}

export function mediaState(kernel: Kernel): MediaState {
  return kernel.state<MediaState>(part, () => ({ medias: {} }))
}

export function findMedia(kernel: Kernel, fileToken: string): Media | undefined {
  const { medias } = mediaState(kernel)
  return Object.hasOwn(medias, fileToken) ? medias[fileToken] : undefined
}

/** Keeps an upload and returns what is known of it. The MIME comes from the name: what a sender says is not trusted. */
export function keepMedia(
  kernel: Kernel,
  upload: Pick<Media, 'name' | 'parent_type' | 'parent_node' | 'by'>,
  bytes: Buffer,
): Media {
  const extension = /\.([a-z0-9]+)$/i.exec(upload.name)?.[1]?.toLowerCase() ?? ''
  const media: Media = {
    ...upload,
    file_token: kernel.id('boxcn'),
    size: bytes.length,
    type: types[extension] ?? 'application/octet-stream',
    at: kernel.clock.now(),
  }
  kernel.blobs.write(`media-${media.file_token}`, bytes)
  mediaState(kernel).medias[media.file_token] = media
  kernel.changed(part)
  return media
}

/** undefined: the bytes went with an older process that kept its world in memory. */
export function mediaBytes(kernel: Kernel, fileToken: string): Buffer | undefined {
  return kernel.blobs.read(`media-${fileToken}`)
}
