import type { Kernel } from '../../kernel/types.ts'
import { approvalFailure } from './failures.ts'
import type { NewDefinition } from './refund-definition.ts'
import {
  approvalChanged,
  approvalState,
  type Definition,
  type Instance,
  newCode,
  newNumber,
} from './state.ts'

export function addDefinition(kernel: Kernel, wanted: NewDefinition): Definition {
  const definition: Definition = {
    approval_code: newCode(kernel),
    approval_id: newNumber(kernel),
    status: 'ACTIVE',
    viewers: [{ type: 'TENANT', id: '' }],
    subscribed: false,
    version: 1,
    past: {},
    ...wanted,
  }
  approvalState(kernel).definitions.push(definition)
  approvalChanged(kernel)
  return definition
}

/** The definition, or 1390002; 1390016 for a deleted one. */
export function requireDefinition(kernel: Kernel, approvalCode: unknown): Definition {
  const found = approvalState(kernel).definitions.find((one) => one.approval_code === approvalCode)
  if (!found) throw approvalFailure(1390002)
  if (found.status === 'DELETED') throw approvalFailure(1390016)
  return found
}

/** The definition as it was when the instance was made: later versions do not touch what runs. */
export function definitionOf(kernel: Kernel, instance: Instance): Definition | undefined {
  const current = approvalState(kernel).definitions.find(
    (one) => one.approval_code === instance.approval_code,
  )
  const version = current?.past[String(instance.version)]
  return current && version ? { ...current, startCc: [], endCc: [], ...version } : current
}

/** Puts a new version in place; the old one is kept as long as instances name it. Tells apps that subscribed. */
export function changeDefinition(kernel: Kernel, definition: Definition, wanted: NewDefinition): void {
  const { form, nodes, startCc, endCc, version } = definition
  const named = approvalState(kernel).instances.some(
    (one) => one.approval_code === definition.approval_code && one.version === version,
  )
  if (named)
    definition.past[String(version)] = {
      form,
      nodes,
      ...(startCc && { startCc }),
      ...(endCc && { endCc }),
    }
  Object.assign(definition, wanted, { version: version + 1, updateTime: kernel.clock.now() })
  approvalChanged(kernel)
  tellDefinition(kernel, definition)
}

/** Event approval.approval.updated_v4 (schema 2.0). UNVERIFIED: the page says timestamp is a number and shows a text. */
function tellDefinition(kernel: Kernel, definition: Definition): void {
  if (!definition.subscribed) return
  kernel.events.emit({
    schema: '2.0',
    type: 'approval.approval.updated_v4',
    event: {
      object: {
        approval_code: definition.approval_code,
        approval_id: definition.approval_id,
        extra: '',
        form_definition_id: `${definition.approval_id}${definition.version}`,
        process_obj: '',
        timestamp: String(Math.floor(kernel.clock.now() / 1000)),
        version_id: String(definition.version),
        widget_group_type: 0,
      },
    },
  })
}
