/** Files handed to approvals: images and attachments, named by codes in a form. */
import type { Kernel } from '../../kernel/types.ts'
import { newCode } from './state.ts'

export interface StoredFile {
  code: string
  name: string
  type: 'image' | 'attachment'
  /** bytes */
  size: number
  /** base64; '' once dropped to keep the world small */
  content: string
  createTime: number
}

interface FileState {
  files: Record<string, StoredFile>
}

const part = 'approval-files'
const keptBytes = 48 * 1024 * 1024

function data(kernel: Kernel): FileState {
  return kernel.state<FileState>(part, () => ({ files: {} }))
}

/** Keeps a file; the oldest contents go when all of them grow beyond what a local world should carry. */
export function storeFile(
  kernel: Kernel,
  file: { name: string; type: StoredFile['type']; content: Buffer },
): StoredFile {
  const { files } = data(kernel)
  const stored: StoredFile = {
    code: newCode(kernel),
    name: file.name,
    type: file.type,
    size: file.content.length,
    content: file.content.toString('base64'),
    createTime: kernel.clock.now(),
  }
  files[stored.code] = stored
  let kept = 0
  for (const one of Object.values(files).toReversed()) {
    kept += one.content.length
    if (kept > keptBytes) one.content = ''
  }
  kernel.changed(part)
  return stored
}

export function fileByCode(kernel: Kernel, code: string): StoredFile | undefined {
  return data(kernel).files[code]
}

/** Types a browser may show in place; everything else is downloaded. */
const shownTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
}

/** Headers that keep an uploaded file from ever acting as a page. */
export function fileHeaders(file: StoredFile): Record<string, string> {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const type = file.type === 'image' ? shownTypes[ending] : undefined
  return {
    'content-type': type ?? 'application/octet-stream',
    'content-disposition': `${type ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=600',
  }
}
