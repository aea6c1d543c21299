import { useLocation } from 'wouter'
import type { WebDocsHome } from '#sandbox/feishu/docs/web/docs-shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import styles from './docs.module.css'
import { Reader } from './reader.tsx'
import { Tree } from './tree.tsx'
import { Welcome } from './welcome.tsx'

/** `/docs`: what there is; `/wiki/:token` and `/docx/:id`: one page. */
export default function Page() {
  const [path] = useLocation()
  const t = useT()
  const { data, error } = useWeb<WebDocsHome>('docs', ['wiki', 'docx', 'drive'])
  const [, area = 'docs', id = ''] = path.split('/')
  const open = id !== '' && (area === 'wiki' || area === 'docx')
  if (error) return <Empty title={t('云文档打不开', 'Documents cannot be shown')} text={error.message} />
  if (!data) return <Loading />
  return (
    <div className={styles.layout} data-open={open}>
      <Tree home={data} current={open ? `/${area}/${id}` : ''} />
      <section className={styles.page}>
        {open ? (
          <Reader key={`${area}/${id}`} kind={area as 'wiki' | 'docx'} id={id} />
        ) : (
          <Welcome home={data} />
        )}
      </section>
    </div>
  )
}
