import type { ConformanceArea } from '../case.ts'
import { applicationCases } from './application.ts'
import { approvalCases } from './approval.ts'
import { authCases } from './auth.ts'
import { bitableCases } from './bitable.ts'
import { cardkitCases } from './cardkit.ts'
import { contactCases } from './contact.ts'
import { docsCases } from './docs.ts'
import { driveCases } from './drive.ts'
import { eventsCases } from './events.ts'
import { imCases } from './im.ts'
import { taskCases } from './task.ts'

/** Every area of the sandbox that keeps promises about its endpoints. */
export const areas: readonly ConformanceArea[] = [
  applicationCases,
  approvalCases,
  authCases,
  bitableCases,
  cardkitCases,
  contactCases,
  docsCases,
  driveCases,
  eventsCases,
  imCases,
  taskCases,
]
