import { crc32, deflateSync } from 'node:zlib'
import { keepBlob, readBlob } from '../feishu/im/blobs.ts'
import { messageState } from '../feishu/im/im-state.ts'
import type { Kernel } from '../kernel/types.ts'

type Color = readonly [red: number, green: number, blue: number]

interface Scene {
  key: string
  sky: readonly [top: Color, bottom: Color]
  ground: Color
  sun: Color
}

const width = 320
const height = 180

/** Landscapes, so that picture components have something to show. */
const scenes: readonly Scene[] = [
  {
    key: 'img_v3_gallery_sea',
    sky: [
      [120, 190, 250],
      [225, 242, 255],
    ],
    ground: [38, 148, 190],
    sun: [255, 246, 200],
  },
  {
    key: 'img_v3_gallery_dusk',
    sky: [
      [92, 74, 160],
      [255, 168, 120],
    ],
    ground: [52, 48, 92],
    sun: [255, 226, 150],
  },
  {
    key: 'img_v3_gallery_hill',
    sky: [
      [170, 214, 226],
      [238, 246, 238],
    ],
    ground: [86, 142, 92],
    sun: [255, 255, 255],
  },
  {
    key: 'img_v3_gallery_snow',
    sky: [
      [140, 166, 206],
      [226, 234, 246],
    ],
    ground: [244, 248, 252],
    sun: [255, 252, 236],
  },
]

/** Image keys of the gallery's pictures, uploaded into this world when first asked for. */
export function galleryPictures(kernel: Kernel): string[] {
  const { images } = messageState(kernel)
  for (const scene of scenes) {
    if (Object.hasOwn(images, scene.key) && readBlob(kernel, scene.key)) continue
    const bytes = png(scene)
    images[scene.key] = { size: bytes.length, type: 'image/png', use: 'message' }
    keepBlob(kernel, scene.key, bytes)
    kernel.changed('im-messages')
  }
  return scenes.map(({ key }) => key)
}

/** A PNG of one scene: sky, sun, and a wavy ground. */
function png(scene: Scene): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.set(pixel(scene, x, y), y * (width * 3 + 1) + 1 + x * 3)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function pixel({ sky, ground, sun }: Scene, x: number, y: number): Color {
  const horizon = 118 + 14 * Math.sin(x / 42) + 6 * Math.sin(x / 17)
  if (y > horizon) return mixed(ground, [20, 40, 60], (y - horizon) / 240)
  if ((x - 236) ** 2 + (y - 52) ** 2 < 24 ** 2) return sun
  return mixed(sky[0], sky[1], y / horizon)
}

function mixed(from: Color, to: Color, share: number): Color {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share)
  return [part(0), part(1), part(2)]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}
