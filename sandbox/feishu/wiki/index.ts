import type { Kernel } from '../../kernel/types.ts'
import { registerNodeApi } from './node-api.ts'
import { findNode, wireNode } from './nodes.ts'
import { registerSpaceApi } from './space-api.ts'
import { wikiFailure, wikiState } from './wiki-state.ts'

/** Wiki v2: spaces, members, nodes. The app only sees spaces it is a member of. */
export function registerWiki(kernel: Kernel): void {
  registerSpaceApi(kernel)
  registerNodeApi(kernel)
  kernel.api({
    method: 'GET',
    path: '/open-apis/wiki/v2/tasks/:task_id',
    limit: { perMinute: 100 },
    auth: 'any',
    unverified: ['tasks are finished when they are asked about'],
    handle: (call) => {
      const task = wikiState(kernel).tasks[call.params.task_id ?? '']
      const node = task && findNode(kernel, task.node)
      if (!node) throw wikiFailure.missing('task not found')
      return {
        task: {
          task_id: call.params.task_id,
          move_result: [{ node: wireNode(kernel, node), status: 0, status_msg: 'success' }],
        },
      }
    },
  })
}
