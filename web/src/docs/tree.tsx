import { BookOpen, ChevronDown, ChevronRight, CornerUpRight, FileText, Sheet } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WebDocsHome, WebDocsNode } from '#sandbox/feishu/docs/web/docs-shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './docs.module.css'
import { Search } from './search.tsx'

/** Wikis with their pages, and documents outside of them. */
export function Tree({ home, current }: { home: WebDocsHome; current: string }) {
  const t = useT()
  return (
    <nav className={styles.tree} aria-label={t('云文档目录', 'Documents')}>
      <Search />
      {home.spaces.map((space) => (
        <section key={space.id} aria-label={space.name}>
          <h2>
            <BookOpen size={15} aria-hidden />
            {space.name}
          </h2>
          <Nodes nodes={space.nodes} current={current} depth={0} />
          {space.nodes.length === 0 ? <p className={styles.none}>{t('还没有页面', 'No pages yet')}</p> : null}
        </section>
      ))}
      {home.documents.length > 0 ? (
        <section aria-label={t('文档', 'Documents')}>
          <h2>
            <FileText size={15} aria-hidden />
            {t('文档', 'Documents')}
          </h2>
          <ul>
            {home.documents.map(({ id, title }) => (
              <li key={id}>
                <Link
                  href={`/docx/${id}`}
                  className={styles.node}
                  aria-current={current === `/docx/${id}` ? 'page' : undefined}
                >
                  <span className={styles.bar} />
                  <FileText size={15} aria-hidden />
                  <span className={styles.name}>{title || t('无标题', 'Untitled')}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </nav>
  )
}

function Nodes(props: { nodes: readonly WebDocsNode[]; current: string; depth: number }) {
  return (
    <ul>
      {props.nodes.map((node) => (
        <Node key={node.token} node={node} current={props.current} depth={props.depth} />
      ))}
    </ul>
  )
}

function Node({ node, current, depth }: { node: WebDocsNode; current: string; depth: number }) {
  const t = useT()
  const [isOpen, setOpen] = useState(true)
  const href = `/wiki/${node.token}`
  const Icon = node.isShortcut ? CornerUpRight : node.type === 'docx' ? FileText : Sheet
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <li>
      <div className={styles.line} style={{ paddingLeft: depth * 16 }}>
        {node.children.length > 0 ? (
          <button
            type="button"
            className={styles.fold}
            aria-expanded={isOpen}
            aria-label={t(`展开${node.title}`, `Fold ${node.title}`)}
            onClick={() => setOpen(!isOpen)}
          >
            <Chevron size={15} aria-hidden />
          </button>
        ) : (
          <span className={styles.fold} />
        )}
        <Link href={href} className={styles.node} aria-current={current === href ? 'page' : undefined}>
          <Icon size={15} aria-hidden />
          <span className={styles.name}>{node.title || t('无标题', 'Untitled')}</span>
        </Link>
      </div>
      {isOpen && node.children.length > 0 ? (
        <Nodes nodes={node.children} current={current} depth={depth + 1} />
      ) : null}
    </li>
  )
}
