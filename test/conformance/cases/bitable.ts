import type { ConformanceArea } from '../case.ts'
import { eventCases } from './bitable-events.ts'
import { fieldCases } from './bitable-fields.ts'
import { recordCases } from './bitable-records.ts'
import { sharedRefusals } from './bitable-refusals.ts'
import { roleAndBlockCases } from './bitable-roles.ts'
import { structureCases } from './bitable-structure.ts'
import { formCases, viewCases } from './bitable-views.ts'

/** bitable/v1 and base/v2. */
export const bitableCases: ConformanceArea = {
  area: 'bitable',
  cases: [
    ...structureCases,
    ...fieldCases,
    ...viewCases,
    ...formCases,
    ...recordCases,
    ...roleAndBlockCases,
    ...eventCases,
    ...sharedRefusals,
  ],
}
