import { Check, Maximize2 } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useAct } from '../act.tsx'
import type { ElementProps } from '../elements.tsx'
import { FieldFrame } from '../fields/field-frame.tsx'
import { useField } from '../fields/form-state.tsx'
import { type CardObject, objectsOf, textOf } from '../json.ts'
import { useWords } from '../parts/text.tsx'
import { Picture } from './picture.tsx'
import styles from './select-img.module.css'

/** Pictures to choose from: outside a form a press is sent at once. Feishu docs: 多图选择. */
export function SelectImg({ element }: ElementProps) {
  const field = useField(element)
  const { act, busy, question } = useAct(element)
  const [large, setLarge] = useState<CardObject | undefined>(undefined)
  const many = element.multi_select === true
  const chosen = Array.isArray(field.value) ? (field.value as readonly string[]) : [field.value]
  const choose = (value: string) => {
    if (!field.inForm) return act({ option: value })
    if (!many) return field.set(value)
    return field.set(
      chosen.includes(value)
        ? chosen.filter((one) => typeof one === 'string' && one !== value).map(String)
        : [...chosen.filter((one) => typeof one === 'string').map(String), value],
    )
  }
  return (
    <FieldFrame error={field.error}>
      <div
        className={styles.grid}
        role="listbox"
        aria-multiselectable={many}
        aria-busy={busy}
        aria-label={textOf(element.name) ?? '图片'}
        data-layout={textOf(element.layout) ?? 'bisect'}
      >
        {objectsOf(element.options).map((option, index) => (
          <Option
            // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may stand twice
            key={index}
            element={element}
            option={option}
            isChosen={field.inForm && chosen.some((one) => one === textOf(option.value))}
            onChoose={choose}
            onEnlarge={field.inForm && element.can_preview !== false ? () => setLarge(option) : undefined}
          />
        ))}
      </div>
      {question}
      {large === undefined ? null : (
        <Dialog title="图片" width={960} onClose={() => setLarge(undefined)}>
          <Picture
            imageKey={textOf(large.img_key) ?? ''}
            alt=""
            style={{ width: '100%', objectFit: 'contain' }}
          />
        </Dialog>
      )}
    </FieldFrame>
  )
}

interface OptionProps {
  element: CardObject
  option: CardObject
  isChosen: boolean
  onChoose: (value: string) => void
  onEnlarge: (() => void) | undefined
}

function Option({ element, option, isChosen, onChoose, onEnlarge }: OptionProps) {
  const t = useT()
  const words = useWords()
  const isDisabled = element.disabled === true || option.disabled === true
  const value = textOf(option.value) ?? ''
  const ratio = (textOf(element.aspect_ratio) ?? '16:9').replace(':', ' / ')
  const tips = words(isDisabled ? (option.disabled_tips ?? element.disabled_tips) : option.hover_tips)
  return (
    <div className={styles.cell}>
      <button
        type="button"
        role="option"
        aria-selected={isChosen}
        aria-label={words(option.hover_tips) || value || t('图片选项', 'Picture')}
        className={styles.option}
        disabled={isDisabled}
        title={tips || undefined}
        onClick={() => onChoose(value)}
      >
        <Picture
          imageKey={textOf(option.img_key) ?? ''}
          alt=""
          style={{ width: '100%', height: '100%', aspectRatio: ratio, objectFit: 'cover' }}
        />
        {isChosen ? (
          <span className={styles.tick}>
            <Check size={12} aria-hidden />
          </span>
        ) : null}
      </button>
      {onEnlarge ? (
        <button
          type="button"
          className={styles.enlarge}
          aria-label={t('放大', 'Enlarge')}
          onClick={onEnlarge}
        >
          <Maximize2 size={13} />
        </button>
      ) : null}
    </div>
  )
}
