/** What a picture's first bytes tell about it. */
export interface ImageKind {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/bmp' | 'image/x-icon' | 'image/tiff'
  /** px; undefined where it takes more than the first bytes to know */
  width?: number
  height?: number
}

/** The format of a picture by its bytes (never by its name), undefined when it is none Feishu takes. */
export function imageKind(bytes: Buffer): ImageKind | undefined {
  if (bytes.length < 4) return undefined
  const start = bytes.subarray(0, 12).toString('latin1')
  if (start.startsWith('\x89PNG') && bytes.length >= 24)
    return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  if ((start.startsWith('GIF87a') || start.startsWith('GIF89a')) && bytes.length >= 10)
    return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  if (start.startsWith('\xff\xd8\xff')) return { type: 'image/jpeg', ...jpegSize(bytes) }
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return { type: 'image/webp' }
  if (start.startsWith('BM') && bytes.length >= 26)
    return {
      type: 'image/bmp',
      width: Math.abs(bytes.readInt32LE(18)),
      height: Math.abs(bytes.readInt32LE(22)),
    }
  if (start.startsWith('\x00\x00\x01\x00')) return { type: 'image/x-icon' }
  if (start.startsWith('II*\x00') || start.startsWith('MM\x00*')) return { type: 'image/tiff' }
  return undefined
}

/** The size stands in the first "start of frame" segment. */
function jpegSize(bytes: Buffer): { width: number; height: number } | undefined {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}
