import { messageOf } from '#src/errors.ts'

/**
 * A strict reader (money, time) as a transform of a zod schema: its refusal becomes an issue, so that the error carries
 * the path of the field.
 */
export function insideSchema<I, O>(reader: (value: I) => O) {
  return (value: I, context: { addIssue(issue: { code: 'custom'; message: string }): void }): O => {
    try {
      return reader(value)
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) })
      // Never seen by anybody: an issue fails the whole schema.
      return undefined as never
    }
  }
}
