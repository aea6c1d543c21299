/** A moment in the reader's own time, in one of the platform's formats. Feishu docs: 富文本组件, local_datetime. */
export function localDatetime(milliseconds: string, format: string, locale: string): string {
  const date = new Date(Number(milliseconds))
  if (milliseconds === '' || Number.isNaN(date.getTime())) return ''
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options).format(date)
  switch (format) {
    case 'date_short':
      return write({ month: 'short', day: 'numeric' })
    case 'date':
      return write({ year: 'numeric', month: 'long', day: 'numeric' })
    case 'week':
      return write({ weekday: 'long' })
    case 'week_short':
      return write({ weekday: 'short' })
    case 'time':
      return write({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    case 'time_sec':
      return write({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
    case 'timezone':
      return gmt(date)
    default:
      return write({ year: 'numeric', month: '2-digit', day: '2-digit' })
  }
}

function gmt(date: Date): string {
  const minutes = -date.getTimezoneOffset()
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `GMT${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}
