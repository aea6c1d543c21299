import type { ConformanceArea } from '../case.ts'
import { commentCalls } from './task/comment-calls.ts'
import { listCalls } from './task/list-calls.ts'
import { sectionCalls } from './task/section-calls.ts'
import { taskCalls } from './task/task-calls.ts'

/** task/v2. */
export const taskCases: ConformanceArea = {
  area: 'task',
  cases: [...taskCalls, ...listCalls, ...sectionCalls, ...commentCalls],
}
