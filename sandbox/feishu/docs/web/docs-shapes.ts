/** What the pages /docs, /wiki/:token and /docx/:id are told. Types only: both sides import them. */

export interface WebDocsNode {
  token: string
  title: string
  /** docx, sheet, bitable … */
  type: string
  isShortcut: boolean
  children: WebDocsNode[]
}

export interface WebDocsSpace {
  id: string
  name: string
  description: string
  nodes: WebDocsNode[]
}

export interface WebDocsEntry {
  id: string
  title: string
  owner: string
  updatedAt: number
}

export interface WebDocsHome {
  spaces: WebDocsSpace[]
  /** Documents outside of wikis that the person may read. */
  documents: WebDocsEntry[]
}

export interface WebSpan {
  text: string
  bold?: true
  italic?: true
  underline?: true
  strike?: true
  code?: true
  /** 1 to 7: red, orange, yellow, green, blue, violet, grey */
  color?: number
  /** 1 to 14 */
  background?: number
  /** An http(s) or mailto address. */
  link?: string
  /** A person or a document is named. */
  mention?: 'person' | 'document'
  formula?: true
}

export type WebBlockKind =
  | 'heading'
  | 'text'
  | 'bullet'
  | 'ordered'
  | 'code'
  | 'quote'
  | 'todo'
  | 'divider'
  | 'table'
  | 'cell'
  | 'image'
  | 'callout'
  | 'quote-box'
  | 'grid'
  | 'column'
  | 'other'

export interface WebBlock {
  id: string
  kind: WebBlockKind
  spans: WebSpan[]
  children: WebBlock[]
  /** of a heading, 1 to 9 */
  level?: number
  /** of a todo */
  done?: boolean
  /** 1 left, 2 centre, 3 right */
  align?: number
  /** of a callout: background colour 1 to 15 and emoji */
  tone?: number
  emoji?: string
  /** of a table: cells in a row */
  columns?: number
  headerRow?: boolean
  /** of a column: percent */
  share?: number
  /** of an image: address below /_web, '' when it is not there */
  picture?: string
  width?: number
}

export interface WebDocument {
  id: string
  title: string
  owner: string
  createdAt: number
  updatedAt: number
  /** Where it stands in a wiki, from the space down. */
  path: { name: string; token: string }[]
  /** null: an object this client does not draw */
  blocks: WebBlock[] | null
  type: string
}

export interface WebDocsHit {
  title: string
  excerpt: string
  /** address in the client */
  href: string
  place: string
}
