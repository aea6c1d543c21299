import { useEffect, useRef, useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { useCard } from '../context.ts'
import type { ElementProps } from '../elements.tsx'
import { isObject, textOf } from '../json.ts'
import { lengthOf } from '../sizes.ts'
import styles from './chart.module.css'
import { colorThemes, drawableSpec } from './chart-spec.ts'

const ratios: Readonly<Record<string, string>> = { '1:1': '1', '2:1': '2', '4:3': '4 / 3', '16:9': '16 / 9' }

/** A VChart; its library is loaded when the first chart is shown. Feishu docs: 图表组件. */
export function Chart({ element }: ElementProps) {
  const t = useT()
  const { device } = useCard()
  const place = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState('')
  const ratio = ratios[textOf(element.aspect_ratio) ?? ''] ?? (device === 'pc' ? '16 / 9' : '1')
  const height = lengthOf(element.height)
  const text = JSON.stringify(element.chart_spec ?? null)
  const theme = textOf(element.color_theme) ?? 'brand'
  useEffect(() => {
    let chart: { release(): void } | undefined
    let gone = false
    const draw = async () => {
      const { VChart } = await import('@visactor/vchart')
      const spec: unknown = JSON.parse(text)
      if (gone || place.current === null || !isObject(spec)) return
      const drawn = new VChart(drawableSpec(spec, colorThemes[theme]) as never, {
        dom: place.current,
        animation: false,
      })
      chart = drawn
      drawn.renderSync()
    }
    draw().catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)))
    return () => {
      gone = true
      chart?.release()
    }
  }, [text, theme])
  return (
    <div
      className={styles.chart}
      style={height === undefined ? { aspectRatio: ratio } : { height }}
      data-chart={String(isObject(element.chart_spec) ? element.chart_spec.type : '')}
    >
      {failed === '' ? (
        <div ref={place} className={styles.canvas} role="img" aria-label={t('图表', 'Chart')} />
      ) : (
        <p className={styles.failed}>
          {t('图表无法显示', 'The chart cannot be shown')}: {failed}
        </p>
      )}
    </div>
  )
}
