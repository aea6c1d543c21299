import type { Kernel } from '../kernel/types.ts'

export function registerWorld(_kernel: Kernel): void {}
