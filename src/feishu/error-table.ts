import type { Outcome } from '#src/errors.ts'
import type { FeishuFailure } from './types.ts'

/**
 * What a platform code means for us. Source: Feishu docs, 通用错误码, 频控策略 and the 错误码 section of each API's page.
 * `hint` tells the operator what to do and names the scope or setting.
 */
export interface ErrorRule {
  failure: FeishuFailure
  hint: string
  /** When the code leaves open whether the call was applied; default: rate-limited is not-sent, all else refused. */
  outcome?: Outcome
}

type Row = readonly [codes: readonly number[], rule: ErrorRule]

const unknown: Outcome = 'unknown'

const common: Row[] = [
  [[99991400], { failure: 'rate-limited', hint: '调用过于频繁，稍后自动重试。' }],
  [[2200], { failure: 'transient', hint: '飞书内部错误，稍后自动重试。', outcome: unknown }],
  [
    [99991663, 99991664, 99991665, 99991677],
    { failure: 'token', hint: '访问凭证失效，已重新获取；反复出现时请检查应用是否被停用。' },
  ],
  [
    [99991661, 99991668, 99991671],
    { failure: 'token', hint: '访问凭证缺失或格式不对，请检查 FEISHU_APP_ID 和 FEISHU_APP_SECRET。' },
  ],
  [
    [10014, 10015, 99991543, 10003],
    {
      failure: 'permission',
      hint: 'App ID 或 App Secret 不正确，请核对 FEISHU_APP_ID 和 FEISHU_APP_SECRET。',
    },
  ],
  [
    [99991672],
    { failure: 'permission', hint: '应用缺少权限：在开发者后台“权限管理”开通下面列出的权限并发布新版本。' },
  ],
  [[99991679], { failure: 'permission', hint: '用户没有授予应用所需的权限，请重新授权。' }],
  [
    [99991401],
    {
      failure: 'permission',
      hint: '本机 IP 不在应用的白名单里：在开发者后台“安全设置”加入服务器的出口 IP。',
    },
  ],
  [[99991403], { failure: 'permission', hint: '本月的 API 调用次数已用完，请升级飞书版本或等到下月。' }],
  [
    [9499, 99992402],
    { failure: 'invalid', hint: '请求参数不符合要求，这是程序错误，请把日志号发给开发者。' },
  ],
  [
    [99992351, 99992354, 99992356, 99992361],
    { failure: 'not-found', hint: '用户或群的 ID 不存在，或属于另一个应用（open_id 按应用区分）。' },
  ],
]

const messages: Row[] = [
  [
    [230020, 232019],
    { failure: 'rate-limited', hint: '发往同一个群或用户的消息过快（每秒最多 5 条），稍后自动重试。' },
  ],
  [[11232, 11233, 11247], { failure: 'rate-limited', hint: '飞书消息服务繁忙，稍后自动重试。' }],
  [[230049], { failure: 'transient', hint: '同一条消息正在发送中，稍后核对。', outcome: unknown }],
  [[230002], { failure: 'permission', hint: '机器人不在这个群里，请把应用机器人加入该群。' }],
  [
    [230006, 232025],
    { failure: 'permission', hint: '应用没有开启机器人能力：在开发者后台“添加应用能力”里启用机器人并发布。' },
  ],
  [
    [230013, 230029],
    { failure: 'permission', hint: '对方不在应用的可用范围内或已离职：在开发者后台“版本管理”扩大可用范围。' },
  ],
  [[230018], { failure: 'permission', hint: '群设置禁止机器人发言，请群主调整发言权限。' }],
  [
    [230027],
    {
      failure: 'permission',
      hint: '应用没有该操作的权限，请检查消息相关权限（im:message、im:message.group_msg）。',
    },
  ],
  [
    [230035],
    { failure: 'permission', hint: '没有向该群或用户发送消息的权限，请检查群的发言设置和应用可用范围。' },
  ],
  [[230038], { failure: 'permission', hint: '不支持跨租户发送消息。' }],
  [[230053], { failure: 'permission', hint: '对方已屏蔽该机器人。' }],
  [[231203], { failure: 'permission', hint: '该群开启了保密模式，不能读取消息。' }],
  [
    [232011, 232017, 232024],
    { failure: 'permission', hint: '机器人不在群里或没有管理该群的权限，也可能对方不在应用可见范围内。' },
  ],
  [[232033, 232034], { failure: 'permission', hint: '应用在本企业未启用，或不支持外部群。' }],
  [[232013], { failure: 'permission', hint: '群人数已满。' }],
  [[230011, 230110], { failure: 'not-found', hint: '消息已被撤回或删除。' }],
  [[230034, 232006, 230019], { failure: 'not-found', hint: '接收方（群、用户或话题）不存在，请检查群 ID。' }],
  [[232009], { failure: 'not-found', hint: '群已解散。' }],
  [[230031], { failure: 'expired', hint: '消息已超过 14 天，不能再修改，将改发新卡片。' }],
  [
    [230001, 230015, 230017, 230036, 230054, 230055, 230071, 230072, 230075, 232001],
    { failure: 'invalid', hint: '消息或群参数不符合要求。' },
  ],
  [[232043], { failure: 'invalid', hint: '成员名单里有无效的用户或机器人 ID。' }],
  [[230022], { failure: 'invalid', hint: '消息含敏感内容，被飞书拒绝。' }],
  [[230028], { failure: 'invalid', hint: '消息未通过企业的内容审核。' }],
  [[230025], { failure: 'invalid', hint: '消息过长：卡片最多 30 KB，文本最多 150 KB。' }],
  [[230099], { failure: 'invalid', hint: '卡片内容不合法，具体位置见下方说明。' }],
  [
    [230012, 230023, 230024],
    { failure: 'invalid', hint: '加急被拒绝：不是发送者、未读加急过多或额度用完。' },
  ],
]

const bitable: Row[] = [
  [
    [1254290, 1254291, 1254607],
    { failure: 'rate-limited', hint: '多维表格正被写入或尚未就绪，稍后自动重试。' },
  ],
  [[1254036], { failure: 'transient', hint: '多维表格仍在复制中，稍后自动重试。' }],
  [
    [1254002],
    { failure: 'transient', hint: '多维表格内部错误（并发或批次过大），稍后核对后重试。', outcome: unknown },
  ],
  [
    [1255001, 1255002, 1255003, 1255004, 1255005, 1255040],
    { failure: 'transient', hint: '多维表格内部错误或超时，可能已写入，稍后核对。', outcome: unknown },
  ],
  [[1255006], { failure: 'transient', hint: '同一个请求仍在处理中，稍后核对。', outcome: unknown }],
  [[1254608], { failure: 'already-done', hint: '同一个请求已处理过，读取结果即可。' }],
  [
    [1254302, 1254304],
    {
      failure: 'permission',
      hint: '应用没有该多维表格的权限：在表格“…→更多→添加文档应用”加入本应用并给予“可管理”。',
    },
  ],
  [[1254301, 1254306], { failure: 'permission', hint: '高级权限未开启或当前飞书版本不支持该功能。' }],
  [[1254303, 1254027], { failure: 'permission', hint: '附件没有上传到这个多维表格，或没有附件权限。' }],
  [[91403], { failure: 'permission', hint: '应用没有该文档的权限：在文档“…→更多→添加文档应用”加入本应用。' }],
  [
    [1254003, 1254040],
    { failure: 'not-found', hint: '多维表格不存在或已删除，请检查表格链接里的 app_token。' },
  ],
  [[1254004, 1254041], { failure: 'not-found', hint: '数据表不存在或已删除。' }],
  [[1254005, 1254042], { failure: 'not-found', hint: '视图不存在或已删除。' }],
  [[1254006, 1254043], { failure: 'not-found', hint: '记录不存在或已删除。' }],
  [[1254009, 1254044], { failure: 'not-found', hint: '字段不存在或已删除。' }],
  [[1254045], { failure: 'not-found', hint: '字段名不存在，或应用没有该字段的权限。' }],
  [
    [
      1254000, 1254001, 1254007, 1254008, 1254010, 1254011, 1254012, 1254013, 1254014, 1254016, 1254018,
      1254019,
    ],
    { failure: 'invalid', hint: '多维表格请求的参数不符合要求。' },
  ],
  [
    [1254020, 1254021, 1254022, 1254024, 1254026, 1254028, 1254029, 1254037, 1254107, 1254108],
    { failure: 'invalid', hint: '多维表格请求的参数（名称、筛选、排序或字段）不符合要求。' },
  ],
  [[1254015], { failure: 'invalid', hint: '写入的值与列的类型不符，可能有人改了列的类型。' }],
  [range(1254060, 1254074), { failure: 'invalid', hint: '写入的值与列的类型不符，可能有人改了列的类型。' }],
  [range(1254080, 1254096), { failure: 'invalid', hint: '列的属性设置不合法。' }],
  [[1254030], { failure: 'invalid', hint: '返回内容过大，请减小每页条数。' }],
  [[1254104], { failure: 'invalid', hint: '一批的记录数超过上限，将拆成小批。' }],
  [
    [1254100, 1254101, 1254103, 1254105, 1254106, 1254110],
    { failure: 'invalid', hint: '超过多维表格的容量上限（数据表、视图、记录、字段或附件数）。' },
  ],
  [[1254130], { failure: 'invalid', hint: '单元格内容过长。' }],
]

const approvals: Row[] = [
  [[1395001], { failure: 'transient', hint: '飞书审批内部错误，稍后核对后重试。', outcome: unknown }],
  [[60012], { failure: 'already-done', hint: '同一个审批实例已创建，按 uuid 读取即可。' }],
  [[1390007], { failure: 'already-done', hint: '审批定义已订阅。' }],
  [[1390010], { failure: 'already-done', hint: '审批任务已处理或不存在，请读取实例确认。' }],
  [[1390002], { failure: 'permission', hint: '审批定义不存在，请检查配置的 approval_code。' }],
  [[1390015, 1390016], { failure: 'permission', hint: '审批定义已停用或删除，请在飞书审批管理后台启用。' }],
  [[1390009], { failure: 'permission', hint: '没有审批操作权限，请在审批管理后台的流程设置里检查。' }],
  [[1390003], { failure: 'not-found', hint: '审批实例不存在。' }],
  [[1390004], { failure: 'not-found', hint: '审批里的用户不存在，请检查发起人。' }],
  [[1390001, 60006], { failure: 'invalid', hint: '审批表单与定义不符：有人改了审批表单的控件。' }],
  [
    [1390013, 1390014, 1390018],
    { failure: 'invalid', hint: '该审批流程不支持通过接口操作（自由流程或手写签名）。' },
  ],
]

const documents: Row[] = [
  [
    [1061001, 1066001, 1066002],
    { failure: 'transient', hint: '云文档内部错误，稍后自动重试。', outcome: unknown },
  ],
  [[1061006, 1061045], { failure: 'rate-limited', hint: '云文档调用过快或冲突，稍后自动重试。' }],
  [[131001, 131009], { failure: 'transient', hint: '知识库繁忙，稍后自动重试。', outcome: unknown }],
  [[1063001, 1063003], { failure: 'invalid', hint: '协作者或文档参数不符合要求，也可能协作者已达上限。' }],
  [
    [1063002, 1063004, 1061004, 1061073],
    {
      failure: 'permission',
      hint: '应用没有分享该文档的权限：请由文档所有者把本应用加为协作者并给予管理权限。',
    },
  ],
  [[1063005, 1061003, 1061007], { failure: 'not-found', hint: '文档不存在或已删除。' }],
  [[1770032], { failure: 'permission', hint: '应用没有该文档的权限，请把本应用加为文档协作者。' }],
  [
    [41050],
    {
      failure: 'permission',
      hint: '用户不在应用的通讯录权限范围内：在开发者后台“权限管理→数据权限”扩大范围。',
    },
  ],
  [[300120, 200810], { failure: 'transient', hint: '卡片正在被操作，稍后自动重试。', outcome: unknown }],
  [
    [200000, 200310, 200320, 300020, 300040, 300090],
    { failure: 'invalid', hint: '卡片延时更新的凭证或参数无效。' },
  ],
  [[300030], { failure: 'expired', hint: '卡片延时更新的凭证已过期（30 分钟）。' }],
]

/** Every code we know. */
export const errorTable: ReadonlyMap<number, ErrorRule> = new Map(
  [...common, ...messages, ...bitable, ...approvals, ...documents].flatMap(([codes, rule]) =>
    codes.map((code) => [code, rule] as const),
  ),
)

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}
