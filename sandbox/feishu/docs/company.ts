import type { Kernel } from '../../kernel/types.ts'
import { registerCardkit } from '../cardkit/index.ts'
import { seedDepartments } from '../contact/seed-departments.ts'
import { registerDocxApi } from '../docx/document-api.ts'
import { registerImportTaskApi } from '../docx/import-task-api.ts'
import { registerSearch } from '../search/index.ts'
import { registerObjectSearch } from '../search/object-search.ts'
import { registerTask } from '../task/index.ts'
import { seedTasks } from '../task/seed-tasks.ts'
import { registerWiki } from '../wiki/index.ts'
import { seedDocs } from './seed-docs.ts'
import { registerDocsWeb } from './web/docs-routes.ts'

/**
 * What the demo company has besides shops: card entities, tasks, wikis, documents, search. The seeds run after the
 * world's people are there.
 */
export function registerCompany(kernel: Kernel): void {
  registerCardkit(kernel)
  registerTask(kernel)
  registerWiki(kernel)
  registerDocxApi(kernel)
  registerImportTaskApi(kernel)
  registerSearch(kernel)
  registerObjectSearch(kernel)
  registerDocsWeb(kernel)
  kernel.onStart(() => {
    seedDepartments(kernel)
    seedTasks(kernel)
    seedDocs(kernel)
  })
}
