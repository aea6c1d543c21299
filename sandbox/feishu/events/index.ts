import type { Events, Kernel } from '../../kernel/types.ts'

export function createEvents(_kernel: Kernel): Events {
  return {
    emit() {},
    callback: async () => ({ ok: false, clientCode: 200340, detail: 'no receiver', ms: 0 }),
  }
}
