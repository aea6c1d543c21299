import type { Kernel } from '../../../kernel/types.ts'

export interface ExternalDefinition {
  approval_code: string
  approval_id: string
  /** the body as it was sent */
  given: Record<string, unknown>
}

/** An instance another system keeps; only shown here. Entries stay as they were sent. */
export interface ExternalInstance {
  instance_id: string
  approval_code: string
  update_time: string
  given: Record<string, unknown>
  tasks: Record<string, unknown>[]
  copies: Record<string, unknown>[]
}

export interface BotMessage {
  message_id: string
  openId: string
  template: string
  status: string
  createTime: number
  uuid: string
  given: Record<string, unknown>
}

interface ExternalState {
  definitions: ExternalDefinition[]
  instances: ExternalInstance[]
  messages: BotMessage[]
}

const part = 'approval-external'

export function externalState(kernel: Kernel): ExternalState {
  return kernel.state<ExternalState>(part, () => ({ definitions: [], instances: [], messages: [] }))
}

export function externalChanged(kernel: Kernel): void {
  kernel.changed(part)
}
