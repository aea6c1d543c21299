/** What the three shops sell and who sells it live. Ids look like the platform's; the people are invented. */

export interface Product {
  productId: string
  skuId: string
  outSkuId: string
  name: string
  spec: string
  /** fen */
  price: number
  /** days a certificate stays valid; 0 for goods that are shipped */
  validDays: number
}

export interface Host {
  authorId: string
  name: string
  roomId: string
}

export interface ShopPlan {
  shopId: string
  /** the shop's number in the ERP */
  erpShopId: number
  name: string
  chatName: string
  kind: 'voucher' | 'goods'
  products: readonly Product[]
  hosts: readonly Host[]
}

export const shopPlans: readonly ShopPlan[] = [
  {
    shopId: '48213377',
    erpShopId: 10480021,
    name: '海岛假期旗舰店',
    chatName: '海岛假期旗舰店 订单群',
    kind: 'voucher',
    products: [
      product(1, '普吉岛5天4晚自由行套餐券（含接送机）', '双人·全年可用', 429_900, 365),
      product(2, '三亚亚龙湾海景酒店3天2晚双人券', '海景大床房·含双早', 159_900, 180),
      product(3, '巴厘岛乌布泳池别墅4天3晚套餐券', '双人·含下午茶', 328_800, 270),
      product(4, '马尔代夫一价全包6天4晚套餐券', '沙屋2晚+水屋2晚', 1_398_800, 365),
      product(5, '长滩岛跳岛一日游电子券', '单人·含午餐', 26_800, 90),
      product(6, '三亚海棠湾亲子度假3天2晚套餐券', '2大1小·含早晚餐', 268_000, 180),
    ],
    hosts: [host(1, '苏晴带你看海'), host(2, '海岛小助理')],
  },
  {
    shopId: '48213395',
    erpShopId: 10480022,
    name: '环球旅行优选',
    chatName: '环球旅行优选 订单群',
    kind: 'voucher',
    products: [
      product(11, '日本大阪京都6天5晚出境游套餐券', '双人·含机票税', 699_900, 365),
      product(12, '新加坡马来西亚5天4晚出境游套餐券', '单人·含签证', 358_000, 270),
      product(13, '泰国曼谷芭提雅5天4晚套餐券', '双人·纯玩无购物', 339_900, 365),
      product(14, '迪拜帆船酒店下午茶电子券', '单人', 68_000, 180),
      product(15, '香港主题乐园2天1晚亲子套餐券', '2大1小', 289_900, 120),
    ],
    hosts: [host(3, '环球小周'), host(4, '说走就走的阿宁')],
  },
  {
    shopId: '48213462',
    erpShopId: 10480023,
    name: '进口好物',
    chatName: '进口好物 订单群',
    kind: 'goods',
    products: [
      product(21, '哥伦比亚进口咖啡豆 中度烘焙', '454g×2袋', 12_800, 0),
      product(22, '泰国原装乳胶枕', '高低款·一对', 39_900, 0),
      product(23, '新西兰麦卢卡蜂蜜 UMF10+', '250g', 26_900, 0),
      product(24, '比利时黑巧克力礼盒', '72%·24片', 8_900, 0),
      product(25, '日本进口防晒霜 SPF50+', '60ml×2', 17_600, 0),
      product(26, '意大利特级初榨橄榄油', '1L', 11_500, 0),
    ],
    hosts: [host(5, '好物研究所阿May')],
  },
]

function product(number: number, name: string, spec: string, price: number, validDays: number): Product {
  return {
    productId: String(3_512_048_871_120_400_000n + BigInt(number) * 104_729n),
    skuId: String(1_741_250_993_310_200_000n + BigInt(number) * 15_485_863n),
    outSkuId: `HL${String(number).padStart(4, '0')}`,
    name,
    spec,
    price,
    validDays,
  }
}

function host(number: number, name: string): Host {
  return {
    authorId: String(95_210_440_031_200n + BigInt(number) * 7_368_787n),
    name,
    roomId: String(7_291_442_058_117_300_000n + BigInt(number) * 32_452_843n),
  }
}

export const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高']

export const places: readonly { province: string; city: string; town: string }[] = [
  { province: '浙江省', city: '杭州市', town: '余杭区' },
  { province: '广东省', city: '深圳市', town: '南山区' },
  { province: '四川省', city: '成都市', town: '武侯区' },
  { province: '江苏省', city: '苏州市', town: '工业园区' },
  { province: '上海市', city: '上海市', town: '浦东新区' },
  { province: '北京市', city: '北京市', town: '朝阳区' },
  { province: '湖北省', city: '武汉市', town: '洪山区' },
]

/** Most buyers write nothing; equally many words of each kind keep a seeded world the same. */
export const buyerWords: Record<ShopPlan['kind'], readonly string[]> = {
  voucher: [
    '',
    '',
    '',
    '',
    '麻烦尽快确认',
    '想约国庆',
    '两大一小可以吗',
    '要一间无烟房',
    '生日出行，能布置一下吗',
  ],
  goods: ['', '', '', '', '麻烦尽快发货', '请放驿站', '送人的，别放小票', '周末送货', '生日礼物，请包好一点'],
}

export const refundReasons = [
  '行程有变，去不了了',
  '拍错了/多拍',
  '不想要了',
  '预约不到想要的日期',
  '商品与描述不符',
  '身体原因无法出行',
]
