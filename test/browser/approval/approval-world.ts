/** A seeded sandbox for the approval pages, with refunds that wait for 王岚. */
import { afterAll, beforeAll } from 'vitest'
import { requireDefinition } from '../../../sandbox/feishu/approval/definition-store.ts'
import { readForm } from '../../../sandbox/feishu/approval/form.ts'
import { openInstance } from '../../../sandbox/feishu/approval/open-instance.ts'
import { approvalState, type Instance } from '../../../sandbox/feishu/approval/state.ts'
import { listUsers } from '../../../sandbox/feishu/contact/people.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'

export interface ApprovalPages {
  url(): string
  sandbox(): Sandbox
  /** open_id */
  person(name: string): string
  /** Files a refund of the seeded definition. */
  refund(values?: { refundNo?: string; reason?: string; amount?: number; applicant?: string }): Instance
  instances(): readonly Instance[]
}

export function useApprovalPages(): ApprovalPages {
  let sandbox: Sandbox
  let url = ''
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())
  const person = (name: string) => listUsers(sandbox.kernel).find((one) => one.name === name)?.open_id ?? ''
  return {
    url: () => url,
    sandbox: () => sandbox,
    person,
    instances: () => approvalState(sandbox.kernel).instances,
    refund({
      refundNo = '6932876041925000009',
      reason = '行程改期',
      amount = 2680,
      applicant = '林小夏',
    } = {}) {
      const [first] = approvalState(sandbox.kernel).definitions
      const definition = requireDefinition(sandbox.kernel, first?.approval_code)
      const form = [
        { id: 'refund_no', type: 'input', value: refundNo },
        { id: 'order_no', type: 'input', value: '6932876041925000001' },
        { id: 'refund_amount', type: 'amount', value: amount, currency: 'CNY' },
        { id: 'reason', type: 'textarea', value: reason },
      ]
      return openInstance(sandbox.kernel, definition, {
        openId: person(applicant),
        form: readForm(sandbox.kernel, definition, JSON.stringify(form)),
        allowResubmit: true,
      })
    },
  }
}
