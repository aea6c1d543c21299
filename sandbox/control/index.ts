import type { OwnKernel } from '../kernel/create-kernel.ts'

export function registerControl(kernel: OwnKernel): void {
  kernel.control('GET', 'state', () => ({ ...kernel.identity(), ...kernel.readState() }))
  kernel.control('GET', 'effects', () => kernel.readEffects())
}
