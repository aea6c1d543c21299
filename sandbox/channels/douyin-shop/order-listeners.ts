/** Who else in the sandbox follows the shop's orders (the ERP mirrors them). */
import type { Kernel } from '../../kernel/types.ts'
import type { Order } from './state.ts'

type Listener = (order: Order) => void

const listeners = new WeakMap<Kernel, Listener[]>()

export function onOrderChange(kernel: Kernel, listener: Listener): void {
  listeners.set(kernel, [...(listeners.get(kernel) ?? []), listener])
}

export function tellOrderChange(kernel: Kernel, order: Order): void {
  for (const listener of listeners.get(kernel) ?? []) listener(order)
}
