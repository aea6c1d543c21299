/** Channels as people call them; a channel without an option of its own is 其他. */
export const channelOptions = [
  { name: '抖店', color: 0 },
  { name: '抖音来客', color: 1 },
  { name: '淘宝天猫', color: 2 },
  { name: '京东', color: 3 },
  { name: '拼多多', color: 4 },
  { name: '快手小店', color: 5 },
  { name: '视频号小店', color: 6 },
  { name: '小红书', color: 7 },
  { name: '其他', color: 10 },
] as const
