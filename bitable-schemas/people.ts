import { grid, multiSelect, person, table, text } from '#src/contracts/table.ts'

/** Who works here, with roles that decide what they may press. */
export const people = table(
  'people',
  '人员',
  {
    openId: text('人员编号').key().en('Person id').describe('由系统填写'),
    name: text('姓名').ownedBy('shared').en('Name'),
    member: person('成员').en('Member'),
    roles: multiSelect('角色', ['客服', '主播', '主管', '财务', '管理员']).ownedBy('staff').en('Roles'),
    operatorId: text('ERP 操作员号')
      .ownedBy('staff')
      .en('ERP operator id')
      .describe('这位同事在 ERP 里的操作员编号，用来认出谁发起的退款'),
  },
  { description: '同事、角色和 ERP 账号；删除一行即收回其权限', views: [grid('全部人员')], deletable: true },
)
