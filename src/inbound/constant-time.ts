import { timingSafeEqual } from 'node:crypto'

/** Compares two byte strings in a time that depends on their lengths only. */
export function sameBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}

export function sameText(left: string, right: string): boolean {
  return sameBytes(Buffer.from(left), Buffer.from(right))
}
