import type { LaunchNode } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { ChosenPeople } from '../chosen-people.tsx'
import { methodWords } from '../flow-view.tsx'
import styles from './launch.module.css'

export interface FlowNodesProps {
  nodes: readonly LaunchNode[]
  warn: boolean
  chosen: Readonly<Record<string, string[]>>
  onChoose: (chosen: Record<string, string[]>) => void
}

/** Who will be asked, and where the applicant chooses. */
export function FlowNodes({ nodes, warn, chosen, onChoose }: FlowNodesProps) {
  const t = useT()
  return (
    <ol className={styles.nodes}>
      {nodes.map((node) =>
        node.free ? (
          <li key={node.node_id}>
            <ChosenPeople
              label={t(`${node.name}（请选择审批人）`, `${node.name} (choose)`)}
              required
              warn={warn}
              multi={node.multi}
              from={node.from}
              chosen={chosen[node.node_id] ?? []}
              onChange={(people) => onChoose({ ...chosen, [node.node_id]: people })}
            />
          </li>
        ) : (
          <li key={node.node_id} className={styles.node}>
            <p>
              {node.name}
              <small>{t(...methodWords[node.method])}</small>
            </p>
            <div className={styles.asked}>
              {node.people.map((person) => (
                <span key={person.open_id}>
                  <Avatar name={person.name} size={24} />
                  {person.name}
                </span>
              ))}
              {node.people.length === 0 ? t('自动通过', 'Passes automatically') : null}
            </div>
          </li>
        ),
      )}
    </ol>
  )
}
