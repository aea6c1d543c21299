import type { ConformanceArea } from '../case.ts'
import { docxCases } from './docs/docx-cases.ts'
import { importCases } from './docs/import-cases.ts'
import { searchCases } from './docs/search-cases.ts'
import { wikiCases } from './docs/wiki-cases.ts'

/** wiki/v2, docx/v1 and search. */
export const docsCases: ConformanceArea = {
  area: 'docs',
  cases: [...wikiCases, ...docxCases, ...searchCases, ...importCases],
}
