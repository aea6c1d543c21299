import { useSearchParams } from 'wouter'
import type { Gallery } from '#sandbox/gallery/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { CardsTab } from './cards-tab.tsx'
import { EditorTab } from './editor-tab.tsx'
import styles from './gallery.module.css'
import { RefusedTab } from './refused-tab.tsx'

type Tab = 'cards' | 'refused' | 'editor'

/** Cards of every kind, cards the platform refuses, and a place to try one's own. */
export default function GalleryPage() {
  const t = useT()
  const { data, error } = useWeb<Gallery>('gallery', ['contact', 'world'])
  const [search, setSearch] = useSearchParams()
  const tab = (['refused', 'editor'].find((one) => one === search.get('tab')) ?? 'cards') as Tab
  const choose = (next: Tab) => setSearch(next === 'cards' ? {} : { tab: next })
  if (error) return <Empty title={t('陈列没有打开', 'The gallery did not open')} text={error.message} />
  if (data === undefined) return <Loading />
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('卡片陈列', 'Card gallery')}</h1>
        <p>
          {t(
            `${data.cards.length} 张卡片覆盖每一种组件；${data.refused.length} 张错误的卡片附有发送接口的答复，格式与平台一致。`,
            `${data.cards.length} cards with every component; ${data.refused.length} wrong ones with what the send API answers, in the platform's format.`,
          )}
        </p>
        <Tabs<Tab>
          label={t('陈列', 'Gallery')}
          current={tab}
          onChoose={choose}
          tabs={[
            { id: 'cards', text: t('卡片', 'Cards'), count: data.cards.length },
            { id: 'refused', text: t('被拒绝的卡片', 'Refused cards'), count: data.refused.length },
            { id: 'editor', text: t('试一试', 'Try it') },
          ]}
        />
      </header>
      {tab === 'cards' ? <CardsTab gallery={data} /> : null}
      {tab === 'refused' ? <RefusedTab gallery={data} /> : null}
      {tab === 'editor' ? <EditorTab gallery={data} /> : null}
    </div>
  )
}
