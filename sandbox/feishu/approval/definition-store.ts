import type { Kernel } from '../../kernel/types.ts'
import { approvalFailure } from './failures.ts'
import type { NewDefinition } from './refund-definition.ts'
import { approvalChanged, approvalState, type Definition, newCode, newNumber } from './state.ts'

export function addDefinition(kernel: Kernel, wanted: NewDefinition): Definition {
  const definition: Definition = {
    approval_code: newCode(kernel),
    approval_id: newNumber(kernel),
    status: 'ACTIVE',
    viewers: [{ type: 'TENANT', id: '' }],
    subscribed: false,
    ...wanted,
  }
  approvalState(kernel).definitions.push(definition)
  approvalChanged(kernel)
  return definition
}

/** The definition, or 1390002. */
export function requireDefinition(kernel: Kernel, approvalCode: unknown): Definition {
  const found = approvalState(kernel).definitions.find((one) => one.approval_code === approvalCode)
  if (!found) throw approvalFailure(1390002)
  return found
}
