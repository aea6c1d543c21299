import type { Kernel } from '../../kernel/types.ts'
import { registerCommentApi } from './comment-api.ts'
import { registerTaskMemberApi } from './member-api.ts'
import { requireTask } from './rights.ts'
import { registerSectionApi } from './section-api.ts'
import { registerTaskApi } from './task-api.ts'
import { callerOf, taskState } from './task-state.ts'
import { registerTasklistApi } from './tasklist-api.ts'
import { registerTaskWeb } from './web/task-routes.ts'
import { taskPage } from './wire.ts'

/** Tasks v2: tasks, lists, sections, comments; and the page people tick them off on. */
export function registerTask(kernel: Kernel): void {
  registerTaskApi(kernel)
  registerTaskMemberApi(kernel)
  registerTasklistApi(kernel)
  registerSectionApi(kernel)
  registerCommentApi(kernel)
  kernel.api({
    method: 'GET',
    path: '/open-apis/task/v2/attachments',
    limit: { perMinute: 1000, perSecond: 50 },
    auth: 'any',
    handle: (call) => {
      requireTask(kernel, call.query.resource_id, { who: callerOf(kernel, call), right: 'read' })
      return taskPage([], call)
    },
  })
  registerTaskWeb(kernel)
  kernel.effect('tasks', () =>
    Object.values(taskState(kernel).tasks).map(({ guid, summary, completed_at, members }) => ({
      guid,
      summary,
      completed: completed_at !== '0',
      members: members.map(({ id, role }) => ({ id, role })),
    })),
  )
}
