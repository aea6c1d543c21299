import { Plus } from 'lucide-react'
import type { EditableNode, EditableRule } from '#sandbox/feishu/approval/web/admin-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { ChosenPeople } from '../chosen-people.tsx'
import styles from './admin.module.css'
import type { EditorProps } from './editor-page.tsx'
import { moved } from './moved.ts'
import { NodeCard } from './node-card.tsx'

/** The nodes between submission and end, and who gets copies. */
export function FlowEditor({ draft, onChange }: EditorProps) {
  const t = useT()
  const { nodes } = draft
  const add = () => {
    const name =
      nodes.length === 0 ? t('审批', 'Review') : t(`审批 ${nodes.length + 1}`, `Review ${nodes.length + 1}`)
    const node: EditableNode = { node_id: '', name, node_type: 'OR', approvers: [], whenNobody: 'AUTO_PASS' }
    onChange({ nodes: [...nodes, node] })
  }
  return (
    <div className={styles.fields}>
      <section className={styles.card} aria-label={t('提交', 'Submission')}>
        <header>
          <span className={styles.type}>{t('提交', 'Submission')}</span>
        </header>
        <Copies
          label={t('提交时抄送', 'Copies on submission')}
          rules={draft.startCc}
          onChange={(startCc) => onChange({ startCc })}
        />
      </section>
      <ol className={styles.widgets}>
        {nodes.map((node, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a new node is known by its place until it is published
          <li key={index}>
            <NodeCard
              node={node}
              onChange={(next) => onChange({ nodes: nodes.map((one, at) => (at === index ? next : one)) })}
              onRemove={() => onChange({ nodes: nodes.filter((_, at) => at !== index) })}
              onUp={index > 0 ? () => onChange({ nodes: moved(nodes, index, -1) }) : undefined}
              onDown={
                index < nodes.length - 1 ? () => onChange({ nodes: moved(nodes, index, 1) }) : undefined
              }
            />
          </li>
        ))}
      </ol>
      <Button onClick={add}>
        <Plus size={16} aria-hidden />
        {t('添加审批节点', 'Add a node')}
      </Button>
      <section className={styles.card} aria-label={t('结束', 'End')}>
        <header>
          <span className={styles.type}>{t('结束', 'End')}</span>
        </header>
        <Copies
          label={t('通过后抄送', 'Copies once approved')}
          rules={draft.endCc}
          onChange={(endCc) => onChange({ endCc })}
        />
      </section>
    </div>
  )
}

/** Copies to named people; rules an app set (supervisors) stay as they are. */
export function Copies({
  label,
  rules,
  onChange,
}: {
  label: string
  rules: readonly EditableRule[]
  onChange: (rules: EditableRule[]) => void
}) {
  const chosen = rules.flatMap((rule) => (rule.type === 'Personal' ? [rule.openId] : []))
  const others = rules.filter((rule) => rule.type !== 'Personal')
  return (
    <ChosenPeople
      label={label}
      multi
      chosen={chosen}
      onChange={(people) =>
        onChange([...others, ...people.map((openId) => ({ type: 'Personal' as const, openId }))])
      }
    />
  )
}
