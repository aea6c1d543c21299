/** `npm run bench`: measures and prints every part, or those named: `npm run bench -- ingest cards`. */
import { stopAllChildren } from './kit/child.ts'
import { type Figure, formatTable, writeResults } from './kit/report.ts'

const parts: Record<string, () => Promise<Figure[]>> = {
  ingest: async () => (await import('./ingest.ts')).measureIngest(),
  intake: async () => (await import('./intake.ts')).measureIntake(),
  import: async () => (await import('./import.ts')).measureImport(),
  rows: async () => (await import('./rows.ts')).measureRows(),
  cards: async () => (await import('./cards.ts')).measureCards(),
  sandbox: async () => (await import('./sandbox.ts')).measureSandbox(),
  memory: async () => (await import('./memory.ts')).measureMemory(),
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopAllChildren()
    process.exitCode = 1
  })
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => parts[name] === undefined)
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`)
  process.exit(1)
}

const figures: Figure[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const startedAt = Date.now()
  console.log(`${name} …`)
  try {
    figures.push(...(await measure()))
  } catch (error) {
    console.error(error)
    figures.push({ part: name, name: 'could not be measured', value: '—', goal: { text: '', met: false } })
  }
  console.log(`${name}: ${Math.round((Date.now() - startedAt) / 1000)} s`)
}
console.log(`\n${formatTable(figures)}\n\n${await writeResults(figures)}`)
if (figures.some((figure) => figure.goal?.met === false)) process.exitCode = 1
