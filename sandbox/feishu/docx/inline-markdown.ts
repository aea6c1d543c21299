type Style = Record<string, unknown>

const marks: readonly { pattern: RegExp; style: (found: RegExpExecArray) => Style }[] = [
  { pattern: /`([^`]+)`/, style: () => ({ inline_code: true }) },
  { pattern: /\*\*([^*]+)\*\*/, style: () => ({ bold: true }) },
  { pattern: /~~([^~]+)~~/, style: () => ({ strikethrough: true }) },
  { pattern: /\*([^*]+)\*/, style: () => ({ italic: true }) },
  {
    pattern: /\[([^\]]+)\]\((\S+?)\)/,
    style: ([, , url = '']) => ({ link: { url: encodeURIComponent(url) } }),
  },
]

/** A line of Markdown as text elements: bold, italic, struck, code, links. */
export function inlineElements(text: string, style: Style = {}): Record<string, unknown>[] {
  const found = marks
    .map(({ pattern, style: add }) => ({ match: pattern.exec(text), add }))
    .flatMap(({ match, add }) => (match ? [{ match, add }] : []))
    .toSorted((a, b) => a.match.index - b.match.index)[0]
  if (!found) return text === '' ? [] : [run(text, style)]
  const { match, add } = found
  return [
    ...(match.index > 0 ? [run(text.slice(0, match.index), style)] : []),
    ...inlineElements(match[1] ?? '', { ...style, ...add(match) }),
    ...inlineElements(text.slice(match.index + match[0].length), style),
  ]
}

function run(content: string, style: Style): Record<string, unknown> {
  return { text_run: { content, text_element_style: style } }
}
