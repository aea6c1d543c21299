import {
  AlarmClock,
  Calendar,
  Check,
  CircleCheckBig,
  CircleX,
  Coins,
  Flame,
  Gift,
  Heart,
  type LucideIcon,
  Megaphone,
  Pin,
  ThumbsUp,
  Trophy,
  X,
} from 'lucide-react'

/** Feishu's emoji keys that have a likeness in Unicode. Feishu docs: 表情文案说明. */
const likeness: Readonly<Record<string, string>> = {
  THANKS: '🙏',
  MUSCLE: '💪',
  FINGERHEART: '🫰',
  APPLAUSE: '👏',
  FISTBUMP: '🤜',
  JIAYI: '➕',
  SMILE: '🙂',
  BLUSH: '😊',
  LAUGH: '😄',
  SMIRK: '😏',
  LOL: '😂',
  FACEPALM: '🤦',
  LOVE: '😍',
  WINK: '😉',
  PROUD: '😌',
  WITTY: '😜',
  SMART: '🤓',
  SCOWL: '😠',
  THINKING: '🤔',
  SOB: '😭',
  CRY: '😢',
  NOSEPICK: '🙄',
  SPEECHLESS: '😶',
  SHY: '☺️',
  WAVE: '👋',
  CLAP: '👏',
  PARTY: '🥳',
  ROSE: '🌹',
  BEER: '🍺',
  CAKE: '🎂',
  Fire: '🔥',
  BOMB: '💣',
  Coffee: '☕',
  COFFEE: '☕',
  MeMeMe: '🙋',
  Hundred: '💯',
  PRAISE: '🌟',
  STRIVE: '✊',
}

const pictures: Readonly<Record<string, readonly [icon: LucideIcon, color: string]>> = {
  DONE: [CircleCheckBig, '#2ea121'],
  CheckMark: [CircleCheckBig, '#2ea121'],
  Yes: [Check, '#2ea121'],
  OK: [ThumbsUp, '#de7802'],
  THUMBSUP: [ThumbsUp, '#de7802'],
  CrossMark: [CircleX, '#d83931'],
  ERROR: [CircleX, '#d83931'],
  No: [X, '#d83931'],
  HEART: [Heart, '#f54a45'],
  FIRE: [Flame, '#f54a45'],
  Alarm: [AlarmClock, '#f54a45'],
  Pin: [Pin, '#f54a45'],
  Calendar: [Calendar, '#3370ff'],
  Loudspeaker: [Megaphone, '#de7802'],
  Trophy: [Trophy, '#d99904'],
  MONEY: [Coins, '#d99904'],
  GIFT: [Gift, '#f01d94'],
}

/** `:DONE:` becomes a picture; what is unknown stays as written, as in Feishu. */
export function Emoji({ name }: { name: string }) {
  const [Icon, color] = (Object.hasOwn(pictures, name) ? pictures[name] : undefined) ?? []
  if (Icon) {
    return (
      <span role="img" aria-label={name} data-emoji={name}>
        <Icon size="1.1em" color={color} aria-hidden style={{ verticalAlign: '-0.2em' }} />
      </span>
    )
  }
  const letters = Object.hasOwn(likeness, name) ? likeness[name] : undefined
  return letters === undefined ? (
    `:${name}:`
  ) : (
    <span role="img" aria-label={name} data-emoji={name}>
      {letters}
    </span>
  )
}
