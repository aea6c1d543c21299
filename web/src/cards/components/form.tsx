import { type ElementProps, Elements } from '../elements.tsx'
import { FormContext, useFormState } from '../fields/form-state.tsx'
import { textOf } from '../json.ts'
import { edgesOf, layoutOf } from '../sizes.ts'
import styles from './containers.module.css'

/** Collects its fields until a button submits them all at once. Feishu docs: 表单容器. */
export function Form({ element }: ElementProps) {
  const state = useFormState(element)
  return (
    <FormContext value={state}>
      <form
        onSubmit={(event) => event.preventDefault()}
        aria-label={textOf(element.name)}
        className={styles.stack}
        style={{
          ...layoutOf({ vertical_spacing: '12px', ...element }),
          padding: edgesOf(element.padding),
        }}
      >
        <Elements list={element.elements} />
      </form>
    </FormContext>
  )
}
