import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../../support/browser.ts'
import { cardOf, type Json, type PressWorld, plain, startPressWorld } from './press-world.ts'

const script =
  '<script>window.hit = 1</script><img src=x onerror="window.hit = 1"><svg onload="window.hit = 1">'
const md = (content: string): Json => ({ tag: 'markdown', content })

const cards: readonly (readonly [what: string, card: Json])[] = [
  ['markup in Markdown', cardOf(md(script), md(`**${script}**`), md(`- ${script}\n> ${script}`))],
  [
    'markup in plain texts and names',
    {
      ...cardOf({ tag: 'div', text: plain(script) }, { tag: 'button', text: plain(script) }),
      header: { title: plain(script) },
    },
  ],
  [
    'links that would run',
    cardOf(
      md(
        '[a](javascript:window.hit=1) <a href="javascript:window.hit=1">b</a> <link url="data:text/html,x">c</link>',
      ),
    ),
  ],
  [
    'attributes of tags',
    cardOf(
      md(
        '<font color="red;background:url(https://evil.example/x)">x</font><text_tag color=\'"><script>\'>t</text_tag>',
      ),
    ),
  ],
  [
    'a chart with markup and foreign pictures',
    cardOf({
      tag: 'chart',
      chart_spec: {
        type: 'bar',
        title: { text: script },
        background: { image: 'https://evil.example/x.png' },
        data: { values: [{ x: script, y: 1 }] },
        xField: 'x',
        yField: 'y',
        tooltip: { renderMode: 'html', style: { html: script } },
        customMark: [
          { type: 'image', style: { image: 'https://evil.example/y.png', html: { dom: script } } },
        ],
      },
    }),
  ],
  [
    'a table with markup',
    cardOf({
      tag: 'table',
      columns: [
        { name: 'a', display_name: script },
        { name: 'b', data_type: 'lark_md' },
        { name: 'c', data_type: 'options' },
      ],
      rows: [{ a: script, b: script, c: [{ text: script, color: 'javascript:1' }] }],
    }),
  ],
  [
    'marks that turn the direction',
    cardOf(md('金额 \u202e00.089,2¥\u202c 之后'), { tag: 'div', text: plain('\u2067\u202eabc') }),
  ],
  [
    'deep quotes and lists',
    cardOf(
      md(`${'> '.repeat(400)}底`),
      md(Array.from({ length: 120 }, (_, n) => `${' '.repeat(n * 2)}- x`).join('\n')),
    ),
  ],
  [
    'emphasis without end',
    cardOf(md('*a **b '.repeat(1500)), md('['.repeat(4000)), md('<font color=red>'.repeat(500))),
  ],
  ['thirty KB of one word', cardOf(md('长'.repeat(9_500)))],
  [
    'a table of a thousand columns',
    cardOf(md(`${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${'|1'.repeat(1000)}|`)),
  ],
]

describe.skipIf(browserPath === undefined)('a hostile card', () => {
  const browser = useBrowser()
  let world: PressWorld
  beforeAll(async () => {
    world = await startPressWorld()
  })
  afterAll(() => world.sandbox.close())

  it.each(cards)('with %s does nothing bad', async (_what, card) => {
    const foreign: string[] = []
    const shown = await world.show(browser, card)
    shown.page.on('request', (request) => {
      if (!request.url().startsWith(world.url)) foreign.push(request.url())
    })
    let dialogs = 0
    shown.page.on('dialog', (dialog) => {
      dialogs++
      void dialog.dismiss()
    })
    await shown.page.reload()
    await shown.card.locator('[data-card]').waitFor()
    if (JSON.stringify(card).includes('"chart"')) await shown.card.locator('canvas').first().waitFor()
    const state = (await shown.page.evaluate(`({
      hit: window.hit ?? null,
      bad: document.querySelectorAll('[data-card] script, [data-card] iframe, [data-card] [onerror], [data-card] [onload], [data-card] a[href^="javascript"], [data-card] a[href^="data"]').length,
      wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    })`)) as Json
    expect(state).toEqual({ hit: null, bad: 0, wide: false })
    expect(dialogs).toBe(0)
    expect(foreign).toEqual([])
    expect(shown.complaints).toEqual([])
  })
})
