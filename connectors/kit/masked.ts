/** Personal text as it may be stored: what the channel masked stays, anything else is masked here as a last guard. */
export function masked(text: string | null | undefined): string | undefined {
  if (text === undefined || text === null || text === '') return undefined
  if (text.includes('*')) return text
  const characters = [...text]
  if (/\d{5,}/.test(text)) return `${text.slice(0, 3)}****${text.slice(-2)}`
  return `${characters[0]}**`
}
