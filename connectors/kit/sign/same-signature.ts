import { timingSafeEqual } from 'node:crypto'

/** Whether two signatures are equal, in time that does not depend on where they differ. Empty never matches. */
export function isSameSignature(expected: string, given: string | undefined): boolean {
  if (given === undefined || given === '') return false
  const left = Buffer.from(expected)
  const right = Buffer.from(given)
  return left.length === right.length && timingSafeEqual(left, right)
}
