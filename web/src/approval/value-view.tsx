import { FileText, Paperclip } from 'lucide-react'
import { Link } from 'wouter'
import type { ShownFile, ShownValue, ShownWidget } from '#sandbox/feishu/approval/web/shapes.ts'
import { addressOf } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Avatar } from '../ui/avatar.tsx'
import styles from './form-view.module.css'
import { money, sizeInWords } from './numbers.ts'
import { fullTime } from './time.ts'

/** A value of any widget. */
export function ValueView({ value }: { value: ShownValue }) {
  const t = useT()
  switch (value.kind) {
    case 'number':
      return <>{value.number.toLocaleString('zh-CN', { maximumFractionDigits: 10 })}</>
    case 'amount':
      return <strong className={styles.amount}>{money(value.number, value.currency)}</strong>
    case 'date':
      return <>{fullTime(value.text)}</>
    case 'interval':
      return (
        <>
          {fullTime(value.start)} {t('至', 'to')} {fullTime(value.end)}
          <small className={styles.days}>{t(`${value.days} 天`, `${value.days} days`)}</small>
        </>
      )
    case 'choices':
      return <>{value.texts.join('、')}</>
    case 'people':
      return (
        <span className={styles.people}>
          {value.people.map((one) => (
            <span key={one.open_id} className={styles.person}>
              <Avatar name={one.name} size={20} />
              {one.name}
            </span>
          ))}
        </span>
      )
    case 'instances':
      return <Instances items={value.items} />
    case 'document':
      return <DocumentLink title={value.title} url={value.url} />
    case 'files':
      return <Files files={value.files} />
    case 'rows':
      return <Rows rows={value.rows} />
    default:
      return <span className={styles.text}>{value.text}</span>
  }
}

function Instances({ items }: { items: { instance_code: string; title: string; mine: boolean }[] }) {
  return (
    <ul className={styles.links}>
      {items.map((item) => (
        <li key={item.instance_code}>
          <FileText size={15} aria-hidden />
          {item.mine ? <Link href={`/approval/${item.instance_code}`}>{item.title}</Link> : item.title}
        </li>
      ))}
    </ul>
  )
}

/** Documents of the sandbox open here; others only over http(s). */
function DocumentLink({ title, url }: { title: string; url: string }) {
  const inner = URL.canParse(url) ? undefined : url.match(/^\/(docx|wiki|base)\/[\w-]+$/)?.[0]
  if (inner) return <Link href={inner}>{title}</Link>
  const outer = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  if (!outer) return <>{title}</>
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {title}
    </a>
  )
}

function Files({ files }: { files: readonly ShownFile[] }) {
  return (
    <span className={styles.files}>
      {files.map((file) => (
        <a
          key={file.code}
          href={addressOf(file.path)}
          target="_blank"
          rel="noreferrer"
          className={file.image ? styles.image : styles.file}
          aria-label={file.name}
        >
          {file.image ? (
            <img src={addressOf(file.path)} alt={file.name} loading="lazy" />
          ) : (
            <>
              <Paperclip size={16} aria-hidden />
              <span>{file.name}</span>
              <small>{sizeInWords(file.size)}</small>
            </>
          )}
        </a>
      ))}
    </span>
  )
}

/** A fieldList as a table; on a phone each row is a card. */
function Rows({ rows }: { rows: readonly ShownWidget[][] }) {
  const columns = [...new Map(rows.flat().map((cell) => [cell.id, cell.name]))]
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">#</th>
            {columns.map(([id, name]) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a form have no id and never move
            <tr key={index}>
              <td>{index + 1}</td>
              {columns.map(([id, name]) => {
                const cell = row.find((one) => one.id === id)
                return (
                  <td key={id} data-label={name}>
                    {cell ? <ValueView value={cell.value} /> : '—'}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
