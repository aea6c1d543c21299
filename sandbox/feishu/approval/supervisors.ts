import type { Kernel } from '../../kernel/types.ts'
import { approvalChanged, approvalState } from './state.ts'

export function setSupervisor(kernel: Kernel, openId: string, supervisorOpenId: string): void {
  approvalState(kernel).supervisors[openId] = supervisorOpenId
  approvalChanged(kernel)
}

/** The supervisor `level` steps above, or undefined where the line ends. */
export function supervisorOf(kernel: Kernel, openId: string, level: number): string | undefined {
  let current: string | undefined = openId
  for (let step = 0; step < level && current !== undefined; step++)
    current = approvalState(kernel).supervisors[current]
  return current
}

/** The whole line above somebody, nearest first. */
export function supervisorsOf(kernel: Kernel, openId: string): string[] {
  const line: string[] = []
  let current = approvalState(kernel).supervisors[openId]
  while (current !== undefined && !line.includes(current)) {
    line.push(current)
    current = approvalState(kernel).supervisors[current]
  }
  return line
}
