import { BookOpen, FileText } from 'lucide-react'
import { Link } from 'wouter'
import type { WebDocsHome, WebDocsNode } from '#sandbox/feishu/docs/web/docs-shapes.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import styles from './docs.module.css'

/** What to read first: the wikis as cards. */
export function Welcome({ home }: { home: WebDocsHome }) {
  const t = useT()
  if (home.spaces.length === 0 && home.documents.length === 0)
    return (
      <Empty
        title={t('还没有你能看的文档', 'No documents for you yet')}
        text={t(
          '应用写的文档、你加入的知识库会出现在这里',
          'Documents apps write and wikis you join appear here',
        )}
      />
    )
  return (
    <div className={styles.welcome}>
      <h1>{t('云文档', 'Documents')}</h1>
      <div className={styles.cards}>
        {home.spaces.map((space) => (
          <section key={space.id} className={styles.card} aria-label={space.name}>
            <h2>
              <span className={styles.cover}>
                <BookOpen size={18} aria-hidden />
              </span>
              <span>
                {space.name}
                <small>{space.description}</small>
              </span>
            </h2>
            <ul>
              {flat(space.nodes)
                .slice(0, 5)
                .map(({ token, title }) => (
                  <li key={token}>
                    <Link href={`/wiki/${token}`}>
                      <FileText size={14} aria-hidden />
                      <span>{title || t('无标题', 'Untitled')}</span>
                    </Link>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}

function flat(nodes: readonly WebDocsNode[]): WebDocsNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)])
}
