import type { AnyPlaybook } from '#src/contracts/playbook.ts'
import { directoryDesk } from './directory/index.ts'
import { operations } from './operations/index.ts'
import { orderDesk } from './order-desk/index.ts'
import { refundReview } from './refund-review/index.ts'

/** Every playbook this installation runs. */
export const playbooks: readonly AnyPlaybook[] = [directoryDesk, orderDesk, refundReview, operations]
