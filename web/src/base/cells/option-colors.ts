/** The 55 colours options may have: eleven hues in five strengths. */
const hues = [217, 262, 291, 330, 2, 24, 44, 76, 128, 172, 195] as const
const strengths = [
  { saturation: 92, lightness: 93, text: 30 },
  { saturation: 84, lightness: 86, text: 26 },
  { saturation: 78, lightness: 77, text: 20 },
  { saturation: 66, lightness: 64, text: 10 },
  { saturation: 58, lightness: 45, text: 99 },
] as const

/** CSS colours of an option's chip. */
export function optionColors(color: number): { background: string; color: string } {
  const hue = hues[color % hues.length] ?? 217
  const strength = strengths[Math.floor(color / hues.length) % strengths.length] ?? strengths[0]
  const { saturation, lightness, text } = strength
  return {
    background: `hsl(${hue} ${saturation}% ${lightness}%)`,
    color: `hsl(${hue} ${text > 90 ? 30 : 62}% ${text}%)`,
  }
}
