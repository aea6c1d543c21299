import type { Kernel } from '../../kernel/types.ts'

export function registerIm(_kernel: Kernel): void {}
