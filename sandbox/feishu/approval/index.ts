import type { Kernel } from '../../kernel/types.ts'

export function registerApproval(_kernel: Kernel): void {}
