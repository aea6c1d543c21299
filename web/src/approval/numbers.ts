const signs: Readonly<Record<string, string>> = {
  CNY: '¥',
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: 'JP¥',
  HKD: 'HK$',
}

/** `¥2,680.00`: amounts of a form are in the currency's main unit. */
export function money(amount: number, currency: string): string {
  const number = amount.toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 10 })
  const sign = signs[currency]
  return sign ? `${sign}${number}` : `${currency} ${number}`
}

/** `1.2 MB` */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
