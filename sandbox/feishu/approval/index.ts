import type { Kernel } from '../../kernel/types.ts'
import { registerComments } from './comments.ts'
import { registerApprovalControl } from './control.ts'
import { registerDefinitions } from './definitions.ts'
import { registerBotMessages } from './external/bot-messages.ts'
import { registerExternalDefinitions } from './external/external-definitions.ts'
import { registerExternalInstances } from './external/external-instances.ts'
import { registerExternalTasks } from './external/external-tasks.ts'
import { registerQuickApproval } from './external/quick-approval.ts'
import { registerFiles } from './file-links.ts'
import { definitionOf } from './flow.ts'
import { valuesByName } from './form.ts'
import { registerInstanceDeeds } from './instance-deeds.ts'
import { registerInstances } from './instances.ts'
import { registerSearches } from './search.ts'
import { approvalState } from './state.ts'
import { registerTaskQuery } from './task-query.ts'
import { registerTasks } from './tasks.ts'
import { registerApprovalWeb } from './web/index.ts'

/** The widget whose value tells which refund an instance is about. */
const keyWidget = '退款单号'

/** Feishu Approval v4: definitions, instances, tasks, comments, schema 1.0 events; people decide through `/_control`. */
export function registerApproval(kernel: Kernel): void {
  registerDefinitions(kernel)
  registerInstances(kernel)
  registerInstanceDeeds(kernel)
  registerTasks(kernel)
  registerTaskQuery(kernel)
  registerSearches(kernel)
  registerFiles(kernel)
  registerComments(kernel)
  registerExternalDefinitions(kernel)
  registerExternalInstances(kernel)
  registerExternalTasks(kernel)
  registerQuickApproval(kernel)
  registerBotMessages(kernel)
  registerApprovalControl(kernel)
  registerApprovalWeb(kernel)
  kernel.describe('approvals', () =>
    approvalState(kernel).definitions.map(({ approval_code, name, subscribed }) => ({
      approval_code,
      name,
      subscribed,
    })),
  )
  kernel.effect('instances', () =>
    approvalState(kernel).instances.map((instance) => {
      const values = valuesByName(definitionOf(kernel, instance), instance.form)
      return {
        instance_code: instance.instance_code,
        uuid: instance.uuid,
        approval_code: instance.approval_code,
        status: instance.status,
        open_id: instance.openId,
        key: values[keyWidget] ?? null,
        values,
      }
    }),
  )
}
