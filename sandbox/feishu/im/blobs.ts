import type { Kernel } from '../../kernel/types.ts'

/** Bytes of uploads that stay readable; the oldest are forgotten above it, so that uploads never fill the memory. */
const mostBytes = 48 * 1024 * 1024

interface BlobIndex {
  /** oldest first */
  kept: { key: string; bytes: number }[]
}

interface Blob {
  base64?: string
}

/** Keeps the bytes of an image or file, saved with the world in a part of their own. */
export function keepBlob(kernel: Kernel, key: string, bytes: Buffer): void {
  const index = indexOf(kernel)
  blobOf(kernel, key).base64 = bytes.toString('base64')
  kernel.changed(partOf(key))
  index.kept.push({ key, bytes: bytes.length })
  let total = index.kept.reduce((sum, one) => sum + one.bytes, 0)
  while (total > mostBytes && index.kept.length > 1) {
    const oldest = index.kept.shift()
    if (!oldest) break
    total -= oldest.bytes
    delete blobOf(kernel, oldest.key).base64
    kernel.changed(partOf(oldest.key))
  }
  kernel.changed('im-blobs')
}

/** The bytes, undefined when they were never kept or are forgotten. */
export function readBlob(kernel: Kernel, key: string): Buffer | undefined {
  if (!indexOf(kernel).kept.some((one) => one.key === key)) return undefined
  const { base64 } = blobOf(kernel, key)
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
}

function indexOf(kernel: Kernel): BlobIndex {
  return kernel.state<BlobIndex>('im-blobs', () => ({ kept: [] }))
}

function blobOf(kernel: Kernel, key: string): Blob {
  return kernel.state<Blob>(partOf(key), () => ({}))
}

/** Parts are named with letters, digits and dashes. */
function partOf(key: string): string {
  return `im-blob-${key.replaceAll('_', '-')}`
}
