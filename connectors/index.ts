/** All connectors. A new one is a folder and a line here. */
import type { AnyConnector } from '#src/contracts/connector.ts'
import { douyinLife } from './douyin-life/index.ts'
import { douyinShop } from './douyin-shop/index.ts'
import { fileImport } from './file-import/index.ts'
import { fliggy } from './fliggy/index.ts'
import { jd } from './jd/index.ts'
import { jushuitan } from './jushuitan/index.ts'
import { kuaishou } from './kuaishou/index.ts'
import { pinduoduo } from './pinduoduo/index.ts'
import { pushApi } from './push-api/index.ts'
import { taobao } from './taobao/index.ts'
import { wangdiantong } from './wangdiantong/index.ts'
import { wechatShop } from './wechat-shop/index.ts'
import { xiaohongshu } from './xiaohongshu/index.ts'

export const connectors: readonly AnyConnector[] = [
  douyinLife,
  douyinShop,
  fileImport,
  fliggy,
  jd,
  jushuitan,
  kuaishou,
  pinduoduo,
  pushApi,
  taobao,
  wangdiantong,
  wechatShop,
  xiaohongshu,
]
