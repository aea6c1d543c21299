type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The same object without members that are undefined, so that two copies of one record compare equal. */
export function withoutUndefined<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Present<T>
}
