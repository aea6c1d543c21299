/** Text that is already HTML; everything else is escaped when it is put into a page. */
export interface Html {
  readonly html: string
}

type Piece = Html | string | number | readonly Piece[] | false | undefined

/** Template of a piece of a page: values are escaped, `Html` and lists of it are put in as they are. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Html {
  const text = parts.reduce((all, part, i) => all + (i === 0 ? '' : asHtml(values[i - 1])) + part, '')
  return { html: text }
}

function asHtml(piece: Piece): string {
  if (piece === undefined || piece === false) return ''
  if (Array.isArray(piece)) return piece.map(asHtml).join('')
  if (typeof piece === 'object') return (piece as Html).html
  return escaped(String(piece))
}

const escaped = (text: string) => text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** `04/23 18:05:09` in the time zone of the people of this world. */
export function timeOf(ms: number): string {
  return new Date(ms).toLocaleString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hour12: false,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
}
