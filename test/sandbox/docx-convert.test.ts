import { describe, expect, it } from 'vitest'
import { convertText } from '../../sandbox/feishu/docx/convert.ts'
import { createKernel } from '../../sandbox/kernel/create-kernel.ts'

const kernel = createKernel()
const blocksOf = (content: string, content_type = 'markdown') =>
  convertText(kernel, { content, content_type })
const typesOf = (content: string, content_type?: string) =>
  blocksOf(content, content_type).blocks.map((block) => block.block_type)

describe('text as blocks of a document', () => {
  it.each([
    ['# 一', 3],
    ['###### 六', 8],
    ['- 项', 12],
    ['* 项', 12],
    ['1. 项', 13],
    ['- [x] 办完', 17],
    ['> 引', 15],
    ['---', 22],
    ['```\ncode\n```', 14],
    ['![](https://example.com/a.png)', 27],
    ['就是文字', 2],
  ])('%s', (markdown, type) => {
    expect(typesOf(markdown)).toEqual([type])
  })

  it('keeps bold, italic, struck, code and links inside a line', () => {
    const [block] = blocksOf('**粗** *斜* ~~删~~ `码` [链](https://example.com)').blocks
    const { elements } = (block?.text ?? {}) as {
      elements: { text_run: { content: string; text_element_style: object } }[]
    }
    const styled = elements.filter(({ text_run }) => text_run.content.trim() !== '')
    expect(styled.map(({ text_run }) => text_run.text_element_style)).toEqual([
      { bold: true },
      { italic: true },
      { strikethrough: true },
      { inline_code: true },
      { link: { url: encodeURIComponent('https://example.com') } },
    ])
  })

  it('makes a table of cells, row by row', () => {
    const { blocks, first_level_block_ids } = blocksOf('| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n后面')
    const table = blocks.find((block) => block.block_type === 31)
    expect(table?.table).toMatchObject({ property: { row_size: 2, column_size: 2 } })
    expect(first_level_block_ids).toHaveLength(2)
  })

  it('takes the words of HTML and leaves scripts out', () => {
    const html = '<h1>题</h1><script>alert(1)</script><p>甲 <b>乙</b></p><ul><li>丙</li></ul>'
    expect(typesOf(html, 'html')).toEqual([3, 2, 12])
    expect(JSON.stringify(blocksOf(html, 'html'))).not.toContain('alert')
  })

  it('ends an unclosed code fence with the text', () => {
    expect(typesOf('```\na\nb')).toEqual([14])
  })
})
