import type { Kernel } from '../../../kernel/types.ts'
import { registerActing } from './acting.ts'
import { registerReading } from './reading.ts'
import { registerWriting } from './writing.ts'

/** The messenger of the browser client. */
export function registerMessenger(kernel: Kernel): void {
  registerReading(kernel)
  registerWriting(kernel)
  registerActing(kernel)
}
