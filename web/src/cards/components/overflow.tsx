import { Ellipsis } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { useAct } from '../act.tsx'
import { useCard } from '../context.ts'
import type { ElementProps } from '../elements.tsx'
import { Drop } from '../fields/drop.tsx'
import styles from '../fields/fields.module.css'
import { type CardObject, isObject, objectsOf, textOf } from '../json.ts'
import { deviceLink, openLink } from '../links.ts'
import { CardIcon } from '../parts/icon.tsx'
import { useWords } from '../parts/text.tsx'

/** Three dots with more choices behind them: a choice opens a link, calls the app, or both. Feishu docs: 折叠按钮组. */
export function Overflow({ element }: ElementProps) {
  const t = useT()
  const card = useCard()
  const words = useWords()
  const { act, busy, question } = useAct(element, true)
  const choose = (option: CardObject) => {
    const link = isObject(option.multi_url) ? deviceLink(option.multi_url, card.device, 'url') : undefined
    if (link !== undefined && !card.disabled) openLink(link)
    const value = textOf(option.value)
    if (value !== undefined) act({ option: value })
  }
  return (
    <>
      <Drop
        label={t('更多操作', 'More')}
        plain
        face={<Ellipsis size={16} aria-hidden />}
        busy={busy}
        disabled={element.disabled === true}
        title={words(element.hover_tips) || undefined}
        style={element.width === 'fill' ? { width: '100%' } : {}}
      >
        {(close) => (
          <ul className={styles.options}>
            {objectsOf(element.options).map((option, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two choices may be alike
              <li key={index}>
                <button
                  type="button"
                  className={styles.option}
                  onClick={() => {
                    close()
                    choose(option)
                  }}
                >
                  {isObject(option.icon) ? <CardIcon icon={option.icon} /> : null}
                  <span>{words(option.text)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Drop>
      {question}
    </>
  )
}
