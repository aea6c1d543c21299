/** An id as part of a path: the SDK puts it into the URL as it is, so a slash or `..` would change what is called. */
export function pathPart(id: string): string {
  const encoded = encodeURIComponent(id)
  // Dots are legal in a path part, but `.` and `..` alone are directions; a URL cannot carry them in any spelling.
  if (encoded === '' || encoded === '.' || encoded === '..')
    throw new Error(`${JSON.stringify(id)} is not an id`)
  return encoded
}

/** The path arguments of everything inside one table of a base. */
export const ofTable = (appToken: string, tableId: string) => ({
  app_token: pathPart(appToken),
  table_id: pathPart(tableId),
})
