/**
 * Where in a call a fault strikes. `network` cuts everything off, `event` faults strike deliveries, `socket` faults the
 * long connection.
 */
export type FaultPhase = 'network' | 'token' | 'before' | 'after' | 'event' | 'socket'

interface FaultAbout {
  phase: FaultPhase
  zh: string
  en: string
  /** What else of a fault counts for this kind. */
  takes?: readonly ('ms' | 'code' | 'msg' | 'status' | 'body')[]
}

/** Every kind of fault, and what it does in words for people. */
export const faultKinds = {
  unreachable: {
    phase: 'network',
    zh: '断网：连接被重置，长连接断开并拒绝重连，事件也送不到，直到移除',
    en: 'Network down: connections are reset, the long connection is cut and refused, events do not arrive',
  },
  token_revoked: {
    phase: 'token',
    zh: '调用前作废全部令牌，旧令牌得到 99991663',
    en: 'All tokens are revoked before the call; old ones get 99991663',
  },
  http_429: {
    phase: 'before',
    zh: '限频：HTTP 429、99991400，带重置时间',
    en: 'Rate limited: HTTP 429 with 99991400 and the reset header',
    takes: ['ms'],
  },
  http_400_99991400: {
    phase: 'before',
    zh: '限频的旧写法：HTTP 400、99991400',
    en: 'Rate limited as old APIs say it: HTTP 400 with 99991400',
    takes: ['ms'],
  },
  '5xx': {
    phase: 'before',
    zh: '服务器错误：HTTP 502、2200，未执行',
    en: 'Server error: HTTP 502 with 2200, nothing applied',
    takes: ['status', 'code', 'msg'],
  },
  code: {
    phase: 'before',
    zh: '按指定错误码拒绝，未执行',
    en: 'Refuses with the given code, nothing applied',
    takes: ['code', 'msg', 'status'],
  },
  '1254290': {
    phase: 'before',
    zh: '多维表格请求过多：1254290',
    en: 'Base: too many requests, 1254290',
  },
  '1254291': {
    phase: 'before',
    zh: '多维表格写冲突：1254291',
    en: 'Base: write conflict, 1254291',
  },
  '230020': {
    phase: 'before',
    zh: '群消息限频：230020',
    en: 'Too many messages into one chat, 230020',
  },
  answer: {
    phase: 'before',
    zh: '店铺与 ERP：直接返回指定的应答',
    en: 'Shops and ERP: answers as given',
    takes: ['status', 'body'],
  },
  slow: {
    phase: 'before',
    zh: '慢：等待后才执行',
    en: 'Slow: waits before it is applied',
    takes: ['ms'],
  },
  reset_before: {
    phase: 'before',
    zh: '执行前断开连接',
    en: 'Cuts the connection before anything is applied',
  },
  reset_after_apply: {
    phase: 'after',
    zh: '已执行，应答前断开连接',
    en: 'Applied, then the connection is cut',
  },
  truncated: {
    phase: 'after',
    zh: '已执行，应答只发一半',
    en: 'Applied, then half of the answer is sent',
  },
  invalid_json: {
    phase: 'after',
    zh: '已执行，应答不是合法 JSON',
    en: 'Applied, the answer is no valid JSON',
  },
  slow_after_apply: {
    phase: 'after',
    zh: '已执行，应答来得很晚',
    en: 'Applied, the answer comes late',
    takes: ['ms'],
  },
  duplicate_event: {
    phase: 'event',
    zh: '同一事件推送两次',
    en: 'An event is delivered twice',
  },
  reorder_event: {
    phase: 'event',
    zh: '事件乱序：晚于后一个到达',
    en: 'An event arrives after the next one',
  },
  drop_event: {
    phase: 'event',
    zh: '事件丢失，不再推送',
    en: 'An event is lost',
  },
  half_open: {
    phase: 'socket',
    zh: '长连接半开：连接还在，什么都收不到',
    en: 'A long connection goes silent without closing',
  },
  disconnect: {
    phase: 'socket',
    zh: '长连接被断开',
    en: 'A long connection is closed',
  },
} as const satisfies Record<string, FaultAbout>

export type FaultKind = keyof typeof faultKinds
