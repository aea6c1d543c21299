import { DataError } from '#src/errors.ts'

const first = 'a'.charCodeAt(0)

/** Bytes as letters `a`…`p`, high half first: Ctrip writes encrypted bodies so. */
export function toNibbleLetters(bytes: Uint8Array): string {
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(first + (byte >> 4), first + (byte & 15))
  return letters
}

/** @throws DataError `cipher_invalid` for anything but pairs of `a`…`p` */
export function fromNibbleLetters(letters: string): Buffer {
  if (letters.length % 2 !== 0 || !/^[a-p]*$/.test(letters))
    throw new DataError(
      'cipher_invalid',
      'The encrypted text is not written in letters a to p. 密文不是 a–p 字母编码。',
    )
  const bytes = Buffer.alloc(letters.length / 2)
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = ((letters.charCodeAt(2 * at) - first) << 4) | (letters.charCodeAt(2 * at + 1) - first)
  return bytes
}
