import { createHash } from 'node:crypto'
import type { Kernel } from '../kernel/types.ts'

/**
 * A key of a platform's app, 32 hex digits: the world's own and the same for ever. Drawn from none of the world's random
 * streams, because a part may be asked for before or after the people of the world are made.
 */
export function derivedKey(kernel: Kernel, name: string): string {
  return createHash('sha256').update(`${kernel.identity().appSecret} ${name}`).digest('hex').slice(0, 32)
}
