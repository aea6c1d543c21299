import type { Kernel } from '../../kernel/types.ts'

export function registerDrive(_kernel: Kernel): void {}
