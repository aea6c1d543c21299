/** The gallery's cards are Chinese, as shops write them; the names of their groups follow the reader's language. */
const english: Readonly<Record<string, string>> = {
  scene: 'From real life',
  report: 'Reports and to-dos',
  header: 'Headers',
  markdown: 'Rich text',
  content: 'Showing',
  layout: 'Layout',
  chart: 'Charts',
  table: 'Tables',
  button: 'Buttons',
  input: 'Inputs and choices',
  form: 'Forms',
  config: 'Settings, old cards',
  structure: 'Structure and limits',
  interactive: 'Acting',
}

export function englishGroup({ id, title }: { id: string; title: string }): string {
  return english[id] ?? title
}
