import type { AnyTable } from '#src/contracts/table.ts'
import type { WantedColumn } from './base/wire-field.ts'
import type { Alert } from './types.ts'

/** What people are told when they must (or may) do something about a table. */
export const alerts = {
  columnPaused(table: AnyTable, column: WantedColumn, reason: 'deleted' | 'retyped'): Alert {
    const what = reason === 'deleted' ? '被删除' : '改了类型'
    return {
      code: 'bitable_column_paused',
      subject: `${table.id}.${column.key}`,
      title: `「${table.name}」的列「${column.name}」${what}`,
      text: '这一列已暂停写入，其余列照常更新，数据没有丢。',
      remedy:
        reason === 'deleted'
          ? `三选一：在表格里撤销删除；或新建一列，名称「${column.name}」、类型不变，系统会自动补写；或不处理，这一列就不再写入。`
          : '三选一：把列类型改回去，系统会自动补写；或把这一列改名，再新建一列同名、原类型的；或不处理，这一列就不再写入。',
    }
  },
  rowParked(table: AnyTable, key: string, reason: string): Alert {
    return {
      code: 'bitable_row_parked',
      subject: `${table.id}:${key}`,
      title: `「${table.name}」有一行写不进去：${key}`,
      text: `飞书拒绝了这一行：${reason}。其他行不受影响。`,
      remedy: '请把这条消息转给 IT；这一行的数据下次变化时会自动重试。',
    }
  },
  rowRecreated(table: AnyTable, key: string): Alert {
    return {
      code: 'bitable_row_recreated',
      subject: `${table.id}:${key}`,
      title: `「${table.name}」被删除的行已补回：${key}`,
      text: '这一行还没办完却被删除了，系统补回一次。再删除一次，系统就不再补回。',
      remedy: '不需要处理；如果确实不要这一行，再删一次即可。',
    }
  },
  tableFull(table: AnyTable, cap: number): Alert {
    return {
      code: 'bitable_table_full',
      subject: table.id,
      title: `「${table.name}」已满`,
      text: `表格最多 ${cap} 行，现有的行都还没办完，不能移出，新的行在数据库里排队。`,
      remedy: '请办结或清理一些行，或升级套餐后调大行数上限设置。',
    }
  },
  valuePutBack(table: AnyTable, key: string, columns: readonly string[]): Alert {
    return {
      code: 'bitable_value_put_back',
      subject: `${table.id}:${key}`,
      title: `「${table.name}」${key}：${columns.join('、')} 已恢复`,
      text: '这些列由系统维护，手工修改已恢复为系统里的值。',
      remedy: '不需要处理；要记录自己的内容请用备注等同事自己的列。',
    }
  },
  columnContested(table: AnyTable, key: string, columns: readonly string[]): Alert {
    return {
      code: 'bitable_column_contested',
      subject: table.id,
      title: `「${table.name}」有值反复被改回`,
      text: `${key} 的 ${columns.join('、')} 写入后总是变成别的值，系统已停止恢复这一行。`,
      remedy: '请检查是否有自动化流程或其他应用在改这些列，停掉它或让它改别的列。',
    }
  },
  tableDenied(table: AnyTable, reason: string): Alert {
    return {
      code: 'bitable_table_denied',
      subject: table.id,
      title: `「${table.name}」写不进去`,
      text: `飞书拒绝写入：${reason}。数据在数据库里排队，恢复后自动补写。`,
      remedy:
        '请检查：应用的多维表格权限是否已开通并发布；多维表格是否还在、是否开了高级权限却没有给应用「可管理」。',
    }
  },
  searchBlind(table: AnyTable): Alert {
    return {
      code: 'bitable_search_blind',
      subject: table.id,
      title: `「${table.name}」查询不到自己写的行`,
      text: '有一批写入的结果不明，而查询连已知的行也看不到，系统不敢重写，这一批先等着。',
      remedy: '多半是高级权限：请给应用这个多维表格的「可管理」权限。',
    }
  },
  orphanBase(): Alert {
    return {
      code: 'bitable_base_orphan',
      subject: 'base',
      title: '可能多出一个空的多维表格',
      text: '上次创建多维表格时中断，现在重新创建了一个；上次那个如果已经建成，是空的，没有任何人能看到。',
      remedy: '不需要处理。',
    }
  },
  eventsMissing(reason: string): Alert {
    return {
      code: 'bitable_events_missing',
      subject: 'base',
      title: '收不到多维表格的变更通知',
      text: `订阅失败：${reason} 同事在表格里的修改会晚一些（最长半小时）才被系统看到。`,
      remedy: '请为应用开通多维表格或云文档权限（应用身份和用户身份都要勾选），发布新版本后重启。',
    }
  },
  baseUnshared(reason: string): Alert {
    return {
      code: 'bitable_base_unshared',
      subject: 'base',
      title: '多维表格没能分享给管理员',
      text: `分享失败：${reason}`,
      remedy: '请检查管理员的 open_id 是否属于本应用、应用是否有云文档权限，然后重启。',
    }
  },
}
