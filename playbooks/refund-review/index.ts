import { definePlaybook } from '#src/contracts/playbook.ts'
import { ledger, refunds } from '../../bitable-schemas/index.ts'
import { refundCard } from '../../cards/index.ts'
import { refundApproval } from './approval.ts'
import { carryOut } from './carry-out.ts'
import { handlers, paid } from './handlers.ts'
import { openApproval } from './open-approval.ts'
import { watch } from './watch.ts'

/** Refunds of the platform and of the ERP meet in one approval; the decision goes to one payer, the ERP and the ledger. */
export const refundReview = definePlaybook({
  id: 'refund-review',
  label: '退款审批',
  tables: [refunds, ledger],
  cards: { refund: refundCard },
  approvals: [refundApproval],
  on: handlers,
  actions: { refund: { paid } },
  jobs: { 'carry-out': carryOut, 'open-approval': openApproval, watch },
  schedules: [],
})
