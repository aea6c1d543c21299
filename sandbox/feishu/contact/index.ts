import type { Kernel } from '../../kernel/types.ts'

export function registerContact(_kernel: Kernel): void {}
