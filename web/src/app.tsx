import { Suspense } from 'react'
import { useLocation } from 'wouter'
import { useLive } from './api/live.ts'
import styles from './app.module.css'
import { areaOf } from './areas.tsx'
import { useT } from './shell/language.tsx'
import { Rail } from './shell/rail.tsx'
import { TopBar } from './shell/top-bar.tsx'
import { Dock } from './story/dock.tsx'
import { Empty } from './ui/empty.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { Loading } from './ui/loading.tsx'

export function App() {
  const [path] = useLocation()
  const connected = useLive()
  const t = useT()
  const area = areaOf(path)
  const Page = area?.page
  const page = (
    <ErrorBoundary key={area?.id ?? 'none'}>
      <Suspense fallback={<Loading />}>
        {Page ? <Page /> : <Empty title={t('没有这个页面', 'No such page')} text={path} />}
      </Suspense>
    </ErrorBoundary>
  )
  if (area?.bare) return <div className={styles.bare}>{page}</div>
  return (
    <div className={styles.app}>
      <TopBar connected={connected} />
      <Rail current={area?.id} />
      <main className={styles.page}>{page}</main>
      <Dock />
    </div>
  )
}
