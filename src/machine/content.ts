import type { AnyCard, CardJson, DigestLayout } from '#src/contracts/card.ts'
import type { AnyConnector } from '#src/contracts/connector.ts'
import type { AnyPlaybook } from '#src/contracts/playbook.ts'
import type { AnyTable } from '#src/contracts/table.ts'

/** Everything the machine runs but does not know: handed in by the composition root. */
export interface Content {
  connectors: readonly AnyConnector[]
  playbooks: readonly AnyPlaybook[]
  /** Every table, in the order they are created in the base. */
  tables: readonly AnyTable[]
  baseName: string
  /** Role of the person who is given the base. */
  adminRole: string
  /** Shows alerts in the operations group. */
  alertCard: AnyCard
  digestLayout: DigestLayout
  /** What every card gets in mode trial, where sandbox orders stand in real groups. */
  markTrial(card: CardJson): CardJson
}
