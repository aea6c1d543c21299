import type { Kernel } from '../kernel/types.ts'

export function registerChannels(_kernel: Kernel): void {}
