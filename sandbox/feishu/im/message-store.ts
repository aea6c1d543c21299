import type { Kernel } from '../../kernel/types.ts'
import { imShown, type Message, messageState } from './im-state.ts'

/** Messages are saved in blocks, so that one changed card does not write every card of the world again. */
const perBlock = 100

export function findMessage(kernel: Kernel, id: string): Message | undefined {
  const { blockOf } = messageState(kernel)
  const block = Object.hasOwn(blockOf, id) ? blockOf[id] : undefined
  return block === undefined ? undefined : blockState(kernel, block)[id]
}

/** Every message of the world, oldest first. */
export function allMessages(kernel: Kernel): Message[] {
  const { stored } = messageState(kernel)
  const blocks = Math.ceil(stored / perBlock)
  return Array.from({ length: blocks }, (_, block) => Object.values(blockState(kernel, block))).flat()
}

export function storeMessage(kernel: Kernel, message: Message): void {
  const index = messageState(kernel)
  const block = Math.floor(index.stored++ / perBlock)
  index.blockOf[message.message_id] = block
  blockState(kernel, block)[message.message_id] = message
  kernel.changed('im-messages')
  changedMessage(kernel, message)
}

export function changedMessage(kernel: Kernel, message: Message): void {
  const block = messageState(kernel).blockOf[message.message_id]
  if (block !== undefined) kernel.changed(partOf(block))
  imShown(kernel)
}

function blockState(kernel: Kernel, block: number): Record<string, Message> {
  return kernel.state<Record<string, Message>>(partOf(block), () => ({}))
}

function partOf(block: number): string {
  return `im-messages-${block}`
}
