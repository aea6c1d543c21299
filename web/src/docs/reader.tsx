import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import type { WebDocument } from '#sandbox/feishu/docs/web/docs-shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { Blocks } from './blocks.tsx'
import styles from './docs.module.css'

/** One document, read only. */
export function Reader({ kind, id }: { kind: 'wiki' | 'docx'; id: string }) {
  const t = useT()
  const { data, error } = useWeb<WebDocument>(`docs/${kind}/${encodeURIComponent(id)}`, [
    'docx',
    'wiki',
    'drive',
  ])
  if (error) return <Unreadable text={error.message} />
  if (!data) return <Loading />
  return (
    <article className={styles.document}>
      <header className={styles.crumbs}>
        <Link href="/docs" className={styles.back} aria-label={t('返回目录', 'Back to the list')}>
          <ArrowLeft size={20} aria-hidden />
        </Link>
        <nav aria-label={t('位置', 'Place')}>
          {data.path.map(({ name, token }) =>
            token === '' ? (
              <span key={name}>{name}</span>
            ) : (
              <Link key={token} href={`/wiki/${token}`}>
                {name}
              </Link>
            ),
          )}
          <span aria-current="page">{data.title || t('无标题', 'Untitled')}</span>
        </nav>
      </header>
      <div className={styles.body}>
        <h1>{data.title || t('无标题', 'Untitled')}</h1>
        <p className={styles.byline}>
          <Avatar name={data.owner} size={22} />
          {data.owner}
          <span>
            {t('更新于', 'updated')}{' '}
            {new Date(data.updatedAt).toLocaleString('zh-CN', { dateStyle: 'medium', timeStyle: 'short' })}
          </span>
        </p>
        <Content document={data} />
      </div>
    </article>
  )
}

function Content({ document }: { document: WebDocument }) {
  const t = useT()
  if (document.blocks === null)
    return (
      <Empty title={t('沙箱不显示这类内容', 'The sandbox does not show this kind')} text={document.type} />
    )
  if (document.blocks.length === 0)
    return <p className={styles.none}>{t('这篇文档还没有内容', 'This document is empty')}</p>
  return <Blocks blocks={document.blocks} />
}

function Unreadable({ text }: { text: string }) {
  const t = useT()
  return (
    <Empty title={t('看不到这篇文档', 'This document cannot be shown')} text={text}>
      <Link href="/docs">{t('回到目录', 'Back to the list')}</Link>
    </Empty>
  )
}
