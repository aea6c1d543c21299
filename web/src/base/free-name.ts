/** The name, with a number behind it when it is taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const known = new Set(taken)
  let name = wanted
  for (let n = 2; known.has(name); n++) name = `${wanted} ${n}`
  return name
}
