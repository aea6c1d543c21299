/** `/_control/approvals/:instance_code/…`: what people do in the client. */
import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { approvalFailure } from './failures.ts'
import { approveTask, cancelInstance, openTasks, rejectTask } from './flow.ts'
import { requireInstance } from './instances.ts'
import { requireEmployee } from './people.ts'
import type { Instance, Task } from './state.ts'

const base = 'approvals/:instance_code'
const decision = { open_id: 'whose open task it is', comment: 'what they say' }

/** Body `{open_id, comment?}`; the task must be that person's, cancelling is the applicant's. */
export function registerApprovalControl(kernel: Kernel): void {
  const decide = (act: typeof approveTask) => (call: ControlCall) => {
    const instance = requireInstance(kernel, call.params.instance_code)
    act(kernel, instance, taskOf(kernel, instance, call), String(call.body.comment ?? ''))
    return show(instance)
  }
  kernel.control('POST', `${base}/approve`, {
    about: { zh: '替某人同意', en: 'Somebody approves', fields: decision },
    handle: decide(approveTask),
  })
  kernel.control('POST', `${base}/reject`, {
    about: { zh: '替某人拒绝', en: 'Somebody rejects', fields: decision },
    handle: decide(rejectTask),
  })
  const cancel = (call: ControlCall) => {
    const instance = requireInstance(kernel, call.params.instance_code)
    if (instance.status !== 'PENDING') throw new ApiFailure(400, `instance is already ${instance.status}`)
    if (call.body.open_id !== undefined && call.body.open_id !== instance.openId)
      throw approvalFailure(1390009)
    cancelInstance(kernel, instance)
    return show(instance)
  }
  kernel.control('POST', `${base}/cancel`, {
    about: { zh: '发起人撤回', en: 'The applicant withdraws', fields: { open_id: 'the applicant' } },
    handle: cancel,
  })
}

function taskOf(kernel: Kernel, instance: Instance, { body }: ControlCall): Task {
  const person = requireEmployee(kernel, body.open_id, 'open_id')
  const task = openTasks(instance).find((one) => one.openId === person.open_id)
  if (!task) throw approvalFailure(1390010, `${person.name} has no open task in this instance`)
  return task
}

function show(instance: Instance): object {
  return { instance_code: instance.instance_code, status: instance.status }
}
