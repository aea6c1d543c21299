/** Text with every occurrence of what was searched marked. */
export function Highlight({ text, found }: { text: string; found: string }) {
  const wanted = found.trim().toLowerCase()
  if (wanted === '') return text
  const pieces: { text: string; at: number; on: boolean }[] = []
  const low = text.toLowerCase()
  let from = 0
  for (let at = low.indexOf(wanted); at >= 0 && pieces.length < 200; at = low.indexOf(wanted, from)) {
    pieces.push({ text: text.slice(from, at), at: from, on: false })
    pieces.push({ text: text.slice(at, at + wanted.length), at, on: true })
    from = at + wanted.length
  }
  return (
    <>
      {pieces.map((piece) => (piece.on ? <mark key={`m${piece.at}`}>{piece.text}</mark> : piece.text))}
      {text.slice(from)}
    </>
  )
}
