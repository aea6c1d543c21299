import type { Kernel } from '../../kernel/types.ts'
import { seedDepartments } from '../contact/seed-departments.ts'

/** What the demo company has besides shops: departments, a handbook, tasks. Runs after the people are there. */
export function registerCompany(kernel: Kernel): void {
  kernel.onStart(() => seedDepartments(kernel))
}
