/** Encoding of a text by its first bytes: its mark, else UTF-8 when it reads as such, else GB18030 (GBK is part of it). */
export function encodingOf(start: Buffer, isWhole: boolean): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  try {
    // A character may be cut at the end of the sample, but not at the end of the file.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: !isWhole })
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}
