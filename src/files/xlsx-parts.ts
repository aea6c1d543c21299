/** The parts of a workbook that say how its sheet is to be read: where it lies, its texts, which numbers are dates. */
import { damaged, tooLarge } from './file-error.ts'
import { longestCell } from './table-file.ts'
import { readWholeXml } from './xml-events.ts'
import type { ZipArchive } from './zip-archive.ts'

const nothing = () => undefined

export interface SheetPart {
  name: string
  part: string
  /** Days count from 1904 instead of 1900. */
  from1904: boolean
}

/** The first visible sheet. */
export async function findSheet(zip: ZipArchive): Promise<SheetPart> {
  const sheets: { name: string; relation: string; hidden: boolean }[] = []
  let from1904 = false
  await readWholeXml(zip.read('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      if (name === 'sheet')
        sheets.push({
          name: attributes.name ?? '',
          relation: attributes['r:id'] ?? '',
          hidden: (attributes.state ?? 'visible') !== 'visible',
        })
    },
    text: nothing,
    close: nothing,
  })
  const sheet = sheets.find((one) => !one.hidden) ?? sheets[0]
  if (sheet === undefined) throw damaged('no sheet')
  const target = (await relations(zip)).get(sheet.relation) ?? 'worksheets/sheet1.xml'
  const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  return { name: sheet.name, part, from1904 }
}

async function relations(zip: ZipArchive): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  const part = 'xl/_rels/workbook.xml.rels'
  if (!zip.has(part)) return targets
  await readWholeXml(zip.read(part), {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id !== undefined && Target !== undefined) targets.set(Id, Target)
    },
    text: nothing,
    close: nothing,
  })
  return targets
}

/** Texts that cells share, packed: a few bytes each instead of an object. */
export interface SharedTexts {
  at(index: number): string
}

const mostTextBytes = 512 * 1024 * 1024

export async function readSharedTexts(zip: ZipArchive): Promise<SharedTexts> {
  const part = 'xl/sharedStrings.xml'
  if (!zip.has(part)) return { at: () => '' }
  const packed = packer(zip.size(part))
  let current = ''
  let inText = false
  let inPhonetic = 0
  await readWholeXml(zip.read(part), {
    open(name) {
      if (name === 'si') current = ''
      if (name === 'rPh') inPhonetic += 1
      inText = name === 't' && inPhonetic === 0
    },
    text(text) {
      if (inText && current.length <= longestCell) current += text
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') inPhonetic -= 1
      if (name === 'si') packed.add(current)
    },
  })
  return packed
}

function packer(expectedBytes: number): SharedTexts & { add(text: string): void } {
  if (expectedBytes > mostTextBytes) throw tooLarge('shared texts')
  let bytes = Buffer.alloc(Math.max(1024, Math.min(expectedBytes, mostTextBytes)))
  let ends = new Uint32Array(1024)
  let count = 0
  let used = 0
  return {
    add(text) {
      const needed = used + Buffer.byteLength(text)
      if (needed > mostTextBytes) throw tooLarge('shared texts')
      if (needed > bytes.length) bytes = Buffer.concat([bytes], Math.max(needed, bytes.length * 2))
      used += bytes.write(text, used)
      if (count === ends.length) {
        const larger = new Uint32Array(ends.length * 2)
        larger.set(ends)
        ends = larger
      }
      ends[count] = used
      count += 1
    },
    at(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) return ''
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])
    },
  }
}

/** Whether the numbers of a style are dates. */
export type DateStyles = (style: number) => boolean

export async function readDateStyles(zip: ZipArchive): Promise<DateStyles> {
  if (!zip.has('xl/styles.xml')) return () => false
  const custom = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCellStyles = false
  await readWholeXml(zip.read('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'numFmt')
        custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''))
      if (name === 'cellXfs') inCellStyles = true
      if (name === 'xf' && inCellStyles) {
        const format = Number(attributes.numFmtId ?? 0)
        styles.push(custom.get(format) ?? isBuiltInDate(format))
      }
    },
    text: nothing,
    close(name) {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return (style) => styles[style] ?? false
}

/** The numbers of the format's own dates; 27–36 and 50–58 are those of Chinese and Japanese editions. */
function isBuiltInDate(format: number): boolean {
  return (
    (format >= 14 && format <= 22) ||
    (format >= 27 && format <= 36) ||
    (format >= 45 && format <= 47) ||
    (format >= 50 && format <= 58)
  )
}

/** What is quoted or in brackets is no date part. */
function isDateFormat(code: string): boolean {
  return /[ymdhs年月日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
}
