import { type Html, html } from './html.ts'

/** What the cards' markdown may hold; the rest is shown as it is written. */
const marks =
  /<font color='?([a-z]+)'?>([\s\S]*?)<\/font>|\*\*([^*]+)\*\*|\[([^\]]*)\]\((https?:[^)\s]*)\)|<at id=([^>]*)><\/at>/g

/** Card markdown as HTML: bold, coloured text, links and line breaks. Nothing else of it becomes markup. */
export function cardText(markdown: string): Html {
  const pieces: Html[] = []
  let from = 0
  for (const match of markdown.matchAll(marks)) {
    pieces.push(plain(markdown.slice(from, match.index)), marked(match))
    from = match.index + match[0].length
  }
  return html`${[...pieces, plain(markdown.slice(from))]}`
}

function marked([, color, colored = '', bold, label, url, person]: RegExpExecArray): Html {
  if (color !== undefined) return html`<span class="font-${color}">${cardText(colored)}</span>`
  if (bold !== undefined) return html`<b>${plain(bold)}</b>`
  if (url !== undefined)
    return html`<a href="${readable(url)}" target="_blank" rel="noreferrer">${plain(label ?? '')}</a>`
  return html`@${readable(person ?? '')}`
}

function plain(text: string): Html {
  const lines = readable(text).split('\n')
  return html`${lines.map((line, i) => (i === 0 ? html`${line}` : html`<br>${line}`))}`
}

/** Senders write signs that would format as `&#42;`; people see the sign. */
const readable = (text: string) =>
  text.replace(/&#(\d{1,6});/g, (_all, code: string) => String.fromCodePoint(Number(code)))
