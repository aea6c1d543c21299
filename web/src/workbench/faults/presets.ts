/** Troubles as people know them, each one or several faults. */
export interface Preset {
  id: string
  zh: string
  en: string
  textZh: string
  textEn: string
  faults: readonly Record<string, unknown>[]
}

export const presets: readonly Preset[] = [
  {
    id: 'offline',
    zh: '断网',
    en: 'Network down',
    textZh: '飞书全部不可达，长连接断开，直到移除',
    textEn: 'Nothing of Feishu can be reached until removed',
    faults: [{ kind: 'unreachable', family: 'feishu' }],
  },
  {
    id: 'storm',
    zh: '429 风暴',
    en: '429 storm',
    textZh: '接下来 60 次调用里 80% 被限频',
    textEn: '80 % of calls are rate limited, 60 times',
    faults: [{ kind: 'http_429', family: 'feishu', probability: 0.8, times: 60, ms: 1_000 }],
  },
  {
    id: 'conflict',
    zh: '写冲突',
    en: 'Write conflict',
    textZh: '多维表格 1254291，10 次',
    textEn: 'Base answers 1254291, 10 times',
    faults: [{ kind: '1254291', family: 'bitable', times: 10 }],
  },
  {
    id: 'tokens',
    zh: '令牌失效',
    en: 'Token revoked',
    textZh: '下一次调用前作废全部令牌',
    textEn: 'All tokens die before the next call',
    faults: [{ kind: 'token_revoked', family: 'feishu', times: 1 }],
  },
  {
    id: 'slow',
    zh: '很慢',
    en: 'Slow',
    textZh: '每次调用多等 2 秒，20 次',
    textEn: 'Every call waits 2 s, 20 times',
    faults: [{ kind: 'slow', family: 'feishu', ms: 2_000, times: 20 }],
  },
  {
    id: 'after',
    zh: '执行后断开',
    en: 'Cut after applying',
    textZh: '写入已生效，应答丢了，5 次',
    textEn: 'Applied, but the answer is lost, 5 times',
    faults: [{ kind: 'reset_after_apply', family: 'feishu', times: 5 }],
  },
  {
    id: 'events',
    zh: '事件重复、乱序、丢失',
    en: 'Events doubled, late, lost',
    textZh: '三成重复、三成乱序、一成丢失，30 个',
    textEn: '30 % doubled, 30 % late, 10 % lost',
    faults: [
      { kind: 'duplicate_event', probability: 0.3, times: 10 },
      { kind: 'reorder_event', probability: 0.3, times: 10 },
      { kind: 'drop_event', probability: 0.1, times: 10 },
    ],
  },
  {
    id: 'disconnect',
    zh: '长连接断开',
    en: 'Disconnect',
    textZh: '断开现有的长连接一次',
    textEn: 'Closes a long connection once',
    faults: [{ kind: 'disconnect', times: 1 }],
  },
  {
    id: 'half-open',
    zh: '长连接半开',
    en: 'Half open',
    textZh: '连接还在，但收不到任何东西',
    textEn: 'The socket stays, but goes silent',
    faults: [{ kind: 'half_open', times: 1 }],
  },
]
