import type { ConformanceArea } from '../case.ts'
import { commentCases } from './approval/comments.ts'
import { deedCases } from './approval/deeds.ts'
import { definitionCases } from './approval/definitions.ts'
import { externalCases } from './approval/external.ts'
import { fileAndMessageCases } from './approval/files-and-messages.ts'
import { instanceCases } from './approval/instances.ts'
import { searchCases } from './approval/searches.ts'

/** Approval v4: definitions, instances, tasks, comments, searches, third-party approvals, files and bot messages. */
export const approvalCases: ConformanceArea = {
  area: 'approval',
  cases: [
    ...definitionCases,
    ...instanceCases,
    ...deedCases,
    ...searchCases,
    ...commentCases,
    ...externalCases,
    ...fileAndMessageCases,
  ],
}
