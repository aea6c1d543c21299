import type { EditableNode, EditableRule } from '#sandbox/feishu/approval/web/admin-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { ChosenPeople } from '../chosen-people.tsx'
import styles from './admin.module.css'
import { CopyCode } from './copy-code.tsx'
import { Copies } from './flow-editor.tsx'
import { OrderButtons } from './order-buttons.tsx'
import { Select } from './select.tsx'

export interface NodeCardProps {
  node: EditableNode
  onChange: (node: EditableNode) => void
  onRemove: () => void
  onUp?: (() => void) | undefined
  onDown?: (() => void) | undefined
}

type RuleType = EditableRule['type']

/** One node: its name, who approves and how. */
export function NodeCard({ node, onChange, ...order }: NodeCardProps) {
  const t = useT()
  const change = (part: Partial<EditableNode>) => onChange({ ...node, ...part })
  const type: RuleType = node.approvers[0]?.type ?? 'Personal'
  return (
    <section className={styles.card} aria-label={node.name} data-node>
      <header>
        <span className={styles.type}>{t('审批', 'Approval')}</span>
        <OrderButtons name={node.name} {...order} />
      </header>
      <div className={styles.pair}>
        <label className={styles.field}>
          <span>{t('节点名称', 'Name of the node')}</span>
          <input
            value={node.name}
            maxLength={60}
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
        <label className={styles.field}>
          <span>{t('自定义 ID（选填）', 'Custom id (optional)')}</span>
          <input
            value={node.custom_node_id ?? ''}
            maxLength={64}
            placeholder="supervisor_review"
            onChange={(event) => change({ custom_node_id: event.target.value })}
          />
        </label>
        <Select<RuleType>
          label={t('审批人', 'Approvers')}
          value={type}
          onChange={(next) => change({ approvers: firstRules(next), ...sequentialOnlyFree(next, node) })}
          options={[
            ['Personal', t('指定成员', 'Named people')],
            ['Supervisor', t('上级', 'Supervisor')],
            ['DepartmentManager', t('部门负责人', 'Department manager')],
            ['Free', t('发起人自选', 'Chosen by the applicant')],
          ]}
        />
        <Select<EditableNode['node_type']>
          label={t('多人审批方式', 'Several approvers')}
          value={node.node_type}
          onChange={(node_type) => change({ node_type })}
          options={[
            ['OR', t('或签（一人同意即可）', 'One approval is enough')],
            ['AND', t('会签（需所有人同意）', 'Everybody approves')],
            ...(type === 'Free' ? [['SEQUENTIAL', t('依次审批', 'One after the other')] as const] : []),
          ]}
        />
      </div>
      <Approvers node={node} type={type} onChange={change} />
      <div className={styles.pair}>
        <Select<NonNullable<EditableNode['starterAssignee']>>
          label={t('审批人与发起人是同一人时', 'When the applicant is the approver')}
          value={node.starterAssignee ?? 'STARTER'}
          onChange={(starterAssignee) => change({ starterAssignee })}
          options={[
            ['STARTER', t('由发起人自己审批', 'They approve themself')],
            ['AUTO_PASS', t('自动通过', 'Passes automatically')],
            ['SUPERVISOR', t('转交给直属上级', 'Their supervisor decides')],
            ['DEPARTMENT_MANAGER', t('转交给部门负责人', 'Their department manager decides')],
          ]}
        />
        <Select<EditableNode['whenNobody']>
          label={t('审批人为空时', 'When nobody is found')}
          value={node.whenNobody}
          onChange={(whenNobody) => change({ whenNobody })}
          options={[
            ['AUTO_PASS', t('自动通过', 'Passes automatically')],
            ['STARTER', t('由发起人审批', 'The applicant decides')],
          ]}
        />
      </div>
      <Copies
        label={t('到达此节点时抄送', 'Copies when it gets here')}
        rules={node.ccers ?? []}
        onChange={(ccers) => change({ ccers })}
      />
      {node.node_id ? <CopyCode label="node_id" code={node.node_id} /> : null}
    </section>
  )
}

function firstRules(type: RuleType): EditableRule[] {
  if (type === 'Personal') return []
  return type === 'Free' ? [{ type }] : [{ type, level: 1 }]
}

/** One after the other needs approvers the applicant chooses. */
function sequentialOnlyFree(type: RuleType, node: EditableNode): Partial<EditableNode> {
  return type !== 'Free' && node.node_type === 'SEQUENTIAL' ? { node_type: 'AND' } : {}
}

function Approvers({
  node,
  type,
  onChange,
}: {
  node: EditableNode
  type: RuleType
  onChange: (part: Partial<EditableNode>) => void
}) {
  const t = useT()
  if (type === 'Free')
    return (
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={node.chosenMulti !== false}
          onChange={(event) => onChange({ chosenMulti: event.target.checked })}
        />
        {t('可以选择多人', 'Several people may be chosen')}
      </label>
    )
  if (type === 'Personal')
    return (
      <ChosenPeople
        label={t('成员', 'People')}
        multi
        required
        chosen={node.approvers.flatMap((rule) => (rule.type === 'Personal' ? [rule.openId] : []))}
        onChange={(people) =>
          onChange({ approvers: people.map((openId) => ({ type: 'Personal' as const, openId })) })
        }
      />
    )
  const rule = node.approvers[0]
  const level = rule && 'level' in rule ? rule.level : 1
  return (
    <div className={styles.pair}>
      <Select
        label={t('级别', 'Level')}
        value={String(level)}
        onChange={(next) => onChange({ approvers: [{ type, level: Number(next) }] })}
        options={[1, 2, 3, 4, 5].map((one) => [
          String(one),
          one === 1 ? t('直属', 'Direct') : t(`第 ${one} 级`, `Level ${one}`),
        ])}
      />
    </div>
  )
}
