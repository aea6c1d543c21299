import { Link } from 'wouter'
import { areas } from '../areas.tsx'
import { useT } from '../shell/language.tsx'
import styles from './home.module.css'

const texts: Record<string, readonly [zh: string, en: string]> = {
  messenger: ['群聊、卡片，点按钮', 'Groups, cards, buttons'],
  base: ['订单、退款单、财务流水', 'Orders, refunds, ledger'],
  approval: ['待办、已办、我发起的', 'To decide, done, mine'],
  docs: ['知识库与文档', 'Wiki and documents'],
  tasks: ['分给人的事', 'Work for people'],
  shops: ['下单、付款、发货、退款', 'Order, pay, ship, refund'],
  workbench: ['流量、故障、时间、快照', 'Traffic, faults, clock'],
}

/** The ways into this world, one per area. */
export function AreaLinks() {
  const t = useT()
  return (
    <nav className={styles.areas} aria-label={t('去哪里看看', 'Where to go')}>
      {areas
        .filter((area) => !area.hidden && area.id !== 'story')
        .map(({ id, home, icon: Icon, zh, en }) => (
          <Link key={id} href={home}>
            <Icon size={22} strokeWidth={1.8} aria-hidden />
            <span>
              <b>{t(zh, en)}</b>
              <small>{texts[id] ? t(...texts[id]) : ''}</small>
            </span>
          </Link>
        ))}
    </nav>
  )
}
