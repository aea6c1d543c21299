import styles from './json-view.module.css'

const pattern = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Pretty JSON in colours; a text that is no JSON is shown as it is. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre className={styles.json} tabIndex={0}>
        {typeof value === 'string' ? text : coloured(text ?? '')}
      </pre>
    </section>
  )
}

function coloured(text: string) {
  const pieces: (string | { at: number; text: string; kind: string | undefined })[] = []
  let last = 0
  for (const match of text.matchAll(pattern)) {
    const [whole, quoted, colon, word] = match
    const kind = quoted ? (colon ? styles.key : styles.text) : word ? styles.word : styles.number
    const shown = quoted ?? whole
    pieces.push(text.slice(last, match.index), { at: match.index, text: shown, kind })
    last = match.index + shown.length
  }
  pieces.push(text.slice(last))
  return pieces.map((piece) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      <span key={piece.at} className={piece.kind}>
        {piece.text}
      </span>
    ),
  )
}
