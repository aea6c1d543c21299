import type { Kernel } from '../kernel/types.ts'

export function registerErp(_kernel: Kernel): void {}
