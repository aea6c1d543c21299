import { useT } from '../shell/language.tsx'
import { Command } from './command.tsx'
import styles from './connect-stage.module.css'

const steps = [
  {
    zh: [
      '创建企业自建应用',
      '在 open.feishu.cn/app 建一个应用，加上「机器人」能力，记下 App ID 和 App Secret。',
    ],
    en: ['Create an app', 'At open.feishu.cn/app, with the bot ability; note App ID and App Secret.'],
  },
  {
    zh: ['开通权限并发布', '按 docs/zh-CN/connect-feishu.md 的表开通权限，创建版本，等管理员通过。'],
    en: [
      'Grant scopes, publish',
      'By the table of docs/connect-feishu.md; create a version and have it approved.',
    ],
  },
  {
    zh: ['把机器人加进群', '每个店铺一个群，再加退款群、运维群；chat_id 填进 .env。'],
    en: ['Put the bot into groups', 'One per shop, one for refunds, one for operations; chat ids into .env.'],
  },
  {
    zh: ['启动，订阅事件与回调', '启动后在「事件与回调」选长连接，添加卡片、审批、表格事件，再发布一次。'],
    en: ['Start, subscribe', 'Choose the long connection for events and callbacks, add them, publish again.'],
  },
  {
    zh: ['建好「退款审批」', '按同一份文档里的配方建审批，把编号填进 huiliu.config.ts。'],
    en: ['Make the approval', 'By the recipe in the same document; its code goes into huiliu.config.ts.'],
  },
] as const

/** What it takes to leave the sandbox: five steps and the command. */
export function ConnectStage() {
  const t = useT()
  return (
    <div className={styles.stage}>
      <p className={styles.needs}>
        {t(
          '需要：一个飞书企业、能建自建应用的人、一台能访问 open.feishu.cn 的机器。大约一个下午，多半在等审核。',
          'You need a Feishu tenant, somebody who may create apps, and a machine that reaches open.feishu.cn. About an afternoon, mostly waiting for review.',
        )}
      </p>
      <ol className={styles.steps}>
        {steps.map(({ zh, en }) => (
          <li key={zh[0]}>
            <b>{t(zh[0], en[0])}</b>
            <span>{t(zh[1], en[1])}</span>
          </li>
        ))}
      </ol>
      <Command text="HUILIU_MODE=trial FEISHU_APP_ID=cli_… FEISHU_APP_SECRET=… npm start" />
      <p className={styles.needs}>
        {t('每一次点击和每个权限，见项目里的 ', 'Every click and every scope: ')}
        <code>docs/{t('zh-CN/', '')}connect-feishu.md</code>
      </p>
    </div>
  )
}
