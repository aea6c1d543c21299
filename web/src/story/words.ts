import type { StepId } from '#sandbox/world/story/shapes.ts'

export type Words = readonly [zh: string, en: string]

export interface StepWords {
  name: Words
  title: Words
  text: Words
  /** Where it is done by hand. */
  hand: { to: string; words: Words }[]
  checks: Record<string, Words>
}

export const stepWords: Record<StepId, StepWords> = {
  order: {
    name: ['来一单', 'An order'],
    title: ['顾客下单，卡片几秒到群', 'A customer orders, the card is there in seconds'],
    text: [
      '扮演一位顾客，在店铺里买一份套餐券。汇流收到平台的推送，在表格里写一行，把卡片发进这家店的飞书群。盯住计时器。',
      'Play a customer and buy a voucher. Huiliu takes the platform’s push, writes a row and sends a card into the shop’s group. Watch the timer.',
    ],
    hand: [{ to: '/shops', words: ['去店铺下单', 'Order in a shop'] }],
    checks: {
      placed: ['顾客下了单', 'A customer ordered'],
      card: ['卡片到了群里', 'The card is in the group'],
    },
  },
  claim: {
    name: ['抢先认领', 'Claim it'],
    title: ['客服认领，全组都看见谁先接的', 'Service claims it, everybody sees who was first'],
    text: [
      '在群里点卡片上的「认领」：卡片马上写上是谁接的、用了多久，表格那一行同时更新。再换一位客服去点，会被告知谁先接了。',
      'Press 认领 on the card in the group: it shows who took it and how fast, and the row follows. Then press as somebody else: they are told who was first.',
    ],
    hand: [
      { to: 'chat', words: ['去群里认领', 'Claim it in the group'] },
      { to: 'base', words: ['看表格那一行', 'See the row'] },
    ],
    checks: {
      claimed: ['卡片写上了认领人', 'The card names who claimed it'],
      row: ['表格那一行也有了跟进人', 'The row names them too'],
      second: ['第二个人看到谁先接的', 'Somebody else sees who was first'],
    },
  },
  refund: {
    name: ['退款 ¥2,680', 'A refund'],
    title: ['ERP 发起退款，主管在手机上批', 'The ERP starts a refund, the supervisor decides on a phone'],
    text: [
      '客服在聚水潭发起一笔 ¥2,680 的退款，飞书审批马上到主管手机。主管点「同意」之后，ERP、平台、财务流水和卡片各走一步，一分钱只退一次。',
      'Service starts a ¥2,680 refund in the ERP; the approval reaches the supervisor’s phone. After 同意 the ERP, the platform, the ledger and the card follow, and money is paid exactly once.',
    ],
    hand: [
      { to: '/erp', words: ['去 ERP 发起退款', 'Start it in the ERP'] },
      { to: '/approval', words: ['去审批里处理', 'Decide in Approval'] },
    ],
    checks: {
      started: ['ERP 发起了退款', 'The ERP started a refund'],
      asked: ['审批到了主管那里', 'The supervisor is asked'],
      approved: ['主管同意', 'The supervisor approved'],
      erp: ['ERP 已确认', 'ERP confirmed'],
      platform: ['平台退款到账', 'Platform paid it back'],
      ledger: ['财务流水记了一笔', 'Booked in the ledger'],
      shown: ['退款卡片已更新', 'The card is up to date'],
    },
  },
  outage: {
    name: ['断网也不丢', 'An outage'],
    title: ['改了列名、断了网，五单一单不丢', 'A renamed column, no network: five orders, none lost'],
    text: [
      '管理员把表格里的一列改个名字；再让飞书断网，趁断网来五单；恢复网络后，五行、五张卡片都补上，一个不重。',
      'An admin renames a column; then Feishu goes out of reach and five orders come in. Once it is back: five rows, five cards, none twice.',
    ],
    hand: [
      { to: 'base', words: ['去表格改列名', 'Rename a column'] },
      { to: '/shops', words: ['去店铺下单', 'Order in a shop'] },
    ],
    checks: {
      renamed: ['改了一列的名字', 'A column was renamed'],
      offline: ['飞书断网', 'Feishu is out of reach'],
      orders: ['断网时来了五单', 'Five orders came in'],
      online: ['恢复网络', 'Back again'],
      rows: ['五行都在，不多不少', 'Five rows, each once'],
      cards: ['五张卡片都在，没有重复', 'Five cards, each once'],
    },
  },
  connect: {
    name: ['接我的飞书', 'My Feishu'],
    title: ['连接我的飞书', 'Connect my Feishu'],
    text: [
      '刚才看到的一切，接上真的飞书就能用：一个自建应用、几个群、一份审批。先用 trial 模式：真的飞书，演示的店铺和 ERP，每张卡片都标着「演示」。',
      'Everything you saw works with your own Feishu: one app, a few groups, one approval form. Begin in mode trial: your Feishu, demo shops.',
    ],
    hand: [],
    checks: { read: ['知道怎么接了', 'I know how to connect'] },
  },
}
