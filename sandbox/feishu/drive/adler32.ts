const modulus = 65_521
/** Most additions before the second sum could leave 32 bits. */
const stretch = 3_800

/** The Adler-32 checksum of RFC 1950, as the decimal text that uploads carry. */
export function adler32(bytes: Buffer): string {
  let a = 1
  let b = 0
  for (let start = 0; start < bytes.length; start += stretch) {
    for (const byte of bytes.subarray(start, start + stretch)) {
      a += byte
      b += a
    }
    a %= modulus
    b %= modulus
  }
  return String(b * 65_536 + a)
}
