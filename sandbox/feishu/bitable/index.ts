import type { Kernel } from '../../kernel/types.ts'

export function registerBitable(_kernel: Kernel): void {}
