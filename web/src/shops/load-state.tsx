import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'

/** What was asked for, or that it is on its way, or why it did not come. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T, Error>
  children: (data: T) => ReactNode
}) {
  const t = useT()
  if (query.data !== undefined) return children(query.data)
  if (!query.error) return <Loading />
  return (
    <Empty title={t('打不开', 'This did not open')} text={query.error.message}>
      <Button onClick={() => void query.refetch()}>{t('重试', 'Try again')}</Button>
    </Empty>
  )
}
