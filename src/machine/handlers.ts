import { onDefinitionChanged, onInstanceMoved } from '#src/approvals/inbox-handlers.ts'
import type { CaseOpener } from '#src/approvals/opener.ts'
import type { Mirror } from '#src/bitable/mirror.ts'
import type { Clock } from '#src/clock.ts'
import { createPressHandler, createPushHandler } from '#src/inbound/built-in-handlers.ts'
import type { OnPress } from '#src/inbound/card-press.ts'
import type { InboxHandler, InboxHandlers } from '#src/inbound/drain.ts'
import type { IntakeSource } from '#src/intake/source.ts'

export interface HandlerDeps {
  sources: readonly IntakeSource[]
  mirror: Pick<Mirror, 'inboxHandlers'>
  opener: Pick<CaseOpener, 'definitionChanged'>
  onPress: OnPress
  clock: Clock
}

const envelopeOf = (raw: Buffer): { event?: unknown } => JSON.parse(raw.toString('utf8'))

/** What becomes of each kind of event in the inbox. Kinds not listed are kept and need nothing done. */
export function inboxHandlers(deps: HandlerDeps): InboxHandlers {
  const instanceMoved: InboxHandler = (tx, { raw }) => onInstanceMoved(tx, envelopeOf(raw), deps.clock.now())
  return {
    ...deps.mirror.inboxHandlers,
    'feishu:approval_instance': instanceMoved,
    'feishu:approval_task': instanceMoved,
    'feishu:approval.approval.updated_v4': async (tx, { raw }) =>
      deps.opener.definitionChanged(await onDefinitionChanged(tx, envelopeOf(raw), deps.clock.now())),
    'feishu:card.action.trigger': createPressHandler(deps.onPress),
    'channel:push': createPushHandler(deps),
  }
}
