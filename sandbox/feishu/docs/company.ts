import type { Kernel } from '../../kernel/types.ts'
import { registerCardkit } from '../cardkit/index.ts'
import { seedDepartments } from '../contact/seed-departments.ts'
import { registerTask } from '../task/index.ts'
import { seedTasks } from '../task/seed-tasks.ts'

/**
 * What the demo company has besides shops: card entities, departments, a handbook, tasks. The seeds run after the
 * world's people are there.
 */
export function registerCompany(kernel: Kernel): void {
  registerCardkit(kernel)
  registerTask(kernel)
  kernel.onStart(() => {
    seedDepartments(kernel)
    seedTasks(kernel)
  })
}
