import { AppError } from '#src/errors.ts'

/** A file that cannot be taken; the message says why and what to do. */
export class FileError extends AppError {
  constructor(code: string, message: string, context: Record<string, unknown> = {}) {
    super(code, message, { retry: 'never', context })
  }
}

export function damaged(detail: string): FileError {
  return new FileError(
    'file_damaged',
    `The file is damaged or no spreadsheet (${detail}). 文件已损坏或不是表格：请在 Excel/WPS 里重新另存为 .xlsx 或 .csv 再试。`,
  )
}

export function tooLarge(detail: string): FileError {
  return new FileError(
    'file_too_large',
    `The file is too large or unpacks to far more than it should (${detail}). 文件过大或解压后异常膨胀：请拆成几个文件再导入。`,
  )
}
