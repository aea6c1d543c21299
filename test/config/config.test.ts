import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Installation } from '#src/config/installation.ts'
import { readConfig } from '#src/config.ts'
import { ConfigError } from '#src/errors.ts'

const feishu = {
  FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718',
  FEISHU_APP_SECRET: 'app-secret',
  FEISHU_ADMIN: 'ou_admin',
}
const live = { ...feishu, HUILIU_MODE: 'live', FEISHU_OPERATIONS_CHAT: 'oc_operations' }
const secrets = { DOUYIN_SHOP_APP_KEY: 'key', DOUYIN_SHOP_APP_SECRET: 'secret', ERP_KEY: 'erp-key' }

const installation: Installation = {
  systems: [
    {
      id: 'doudian',
      connector: 'douyin-shop',
      name: '抖店',
      settings: { baseUrl: 'https://doudian.example' },
      secrets: { appKey: 'DOUYIN_SHOP_APP_KEY', appSecret: 'DOUYIN_SHOP_APP_SECRET' },
    },
    { id: 'erp', connector: 'jushuitan', name: '聚水潭', secrets: { appKey: 'ERP_KEY' } },
  ],
  shops: [
    {
      id: 'travel',
      name: '旅行旗舰店',
      system: 'doudian',
      settings: { shopId: '42' },
      erp: 'erp',
      payer: 'erp',
    },
  ],
}

function problemsOf(env: NodeJS.ProcessEnv, installed: Installation = {}): readonly string[] {
  try {
    readConfig(installed, env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the configuration', () => {
  it('is mode demo with its defaults when nothing is set', () => {
    expect(readConfig({}, {})).toEqual({
      mode: 'demo',
      dataDir: resolve('data'),
      host: '127.0.0.1',
      port: 3000,
      sandboxPort: 3400,
      logLevel: 'info',
      transport: 'long-connection',
      systems: [],
      shops: [],
      approvals: {},
      bitable: { rowCap: 20_000, batchSize: 500 },
    })
  })

  it('stays mode demo when only this machine is described, or variables are left empty', () => {
    const env = {
      PORT: '0',
      SANDBOX_PORT: '3401',
      HUILIU_DATA: '/srv/huiliu',
      LOG_LEVEL: 'debug',
      HOST: '0.0.0.0',
      FEISHU_APP_ID: '',
      FEISHU_APP_SECRET: '  ',
      HUILIU_MODE: '',
    }
    expect(readConfig({}, env)).toMatchObject({
      mode: 'demo',
      port: 0,
      sandboxPort: 3401,
      dataDir: '/srv/huiliu',
      host: '0.0.0.0',
    })
  })

  it('asks for a mode as soon as one connection variable is set, naming what is set', () => {
    for (const env of [
      { FEISHU_APP_ID: feishu.FEISHU_APP_ID },
      { FEISHU_TRANSPORT: 'webhook' },
      { DATABASE_URL: 'postgres://u:p@db/huiliu' },
    ]) {
      const [problem, ...others] = problemsOf(env)
      expect(problem).toMatch(
        /^HUILIU_MODE is missing although (FEISHU_APP_ID|FEISHU_TRANSPORT|DATABASE_URL) is set/,
      )
      expect(others).toEqual([])
    }
    expect(problemsOf({ ERP_KEY: 'x' }, installation)[0]).toContain('although ERP_KEY is set')
  })

  it('lists everything that is missing and wrong in one message, in English and Chinese', () => {
    const problems = problemsOf(
      {
        HUILIU_MODE: 'live',
        FEISHU_APP_ID: 'cli_short',
        FEISHU_TRANSPORT: 'webhook',
        PORT: '80a',
        ERP_KEY: 'k',
      },
      installation,
    )
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'FEISHU_APP_ID',
      'FEISHU_APP_SECRET',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
      'FEISHU_ADMIN',
      'DOUYIN_SHOP_APP_KEY',
      'DOUYIN_SHOP_APP_SECRET',
      'FEISHU_OPERATIONS_CHAT',
    ])
    for (const problem of problems.slice(1)) expect(problem).toMatch(/[\u4e00-\u9fff]/)
  })

  it('of mode trial needs Feishu alone, and refuses secrets of real shops', () => {
    const trial = { ...feishu, HUILIU_MODE: 'trial' }
    const config = readConfig(installation, trial)
    expect(config.shops).toEqual([])
    expect(config.feishu).toEqual({
      baseUrl: 'https://open.feishu.cn',
      appId: feishu.FEISHU_APP_ID,
      appSecret: 'app-secret',
      transport: 'long-connection',
      admin: { openId: 'ou_admin' },
    })
    expect(problemsOf({ ...trial, ...secrets }, installation)).toHaveLength(3)
  })

  it('of mode demo refuses connection variables, except a database', () => {
    expect(problemsOf({ ...feishu, HUILIU_MODE: 'demo' })).toHaveLength(3)
    expect(readConfig({}, { HUILIU_MODE: 'demo', DATABASE_URL: 'postgres://u:p@db/x' }).databaseUrl).toBe(
      'postgres://u:p@db/x',
    )
  })

  it('of modes shadow and live gives every shop its settings and the secrets from their variables', () => {
    const config = readConfig(installation, { ...live, ...secrets })
    expect(config.shops).toEqual([
      {
        id: 'travel',
        name: '旅行旗舰店',
        system: 'doudian',
        connector: 'douyin-shop',
        config: { baseUrl: 'https://doudian.example', appKey: 'key', appSecret: 'secret', shopId: '42' },
        erp: 'jushuitan',
        erpSystem: 'erp',
        payer: 'erp',
      },
    ])
    expect(config.systems.map((system) => system.config)).toEqual([
      { baseUrl: 'https://doudian.example', appKey: 'key', appSecret: 'secret' },
      { appKey: 'erp-key' },
    ])
    expect(problemsOf({ ...live, HUILIU_MODE: 'shadow' })).toEqual([
      expect.stringContaining('huiliu.config.ts lists no shop'),
    ])
  })

  it('asks for a default applicant once there are approvals', () => {
    const problems = problemsOf({ ...live, ...secrets }, { ...installation, approvals: { refund: 'ABC' } })
    expect(problems).toEqual([expect.stringContaining('FEISHU_DEFAULT_APPLICANT is missing')])
  })

  it('suggests the variable that a misspelt one was meant to be', () => {
    expect(problemsOf({ FEISHU_APPID: 'x', HUILIU_MODE: 'demo' })[0]).toContain('did you mean FEISHU_APP_ID?')
    expect(problemsOf({ HUILIU_SOMETHING_ELSE: 'x' })[0]).toContain('HUILIU_SOMETHING_ELSE is not a variable')
  })

  it('never shows the value of a wrong variable: it may be a secret', () => {
    const problems = problemsOf({
      ...live,
      HUILIU_SECRET_KEY: 'hunter2',
      FEISHU_APP_ID: 'hunter2',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
    })
    expect(problems.length).toBeGreaterThan(2)
    expect(problems.join('\n')).not.toContain('hunter2')
  })

  it('takes secrets to Feishu over https, or to this machine, only', () => {
    expect(
      problemsOf({ ...live, ...secrets, FEISHU_BASE_URL: 'http://open.feishu.cn' }, installation),
    ).toEqual([expect.stringContaining('FEISHU_BASE_URL is not valid')])
    const sandbox = { ...live, ...secrets, FEISHU_BASE_URL: 'http://127.0.0.1:3400/' }
    expect(readConfig(installation, sandbox).feishu?.baseUrl).toBe('http://127.0.0.1:3400')
  })

  it('takes the mobile number of the admin, and an existing base instead of an admin', () => {
    expect(
      readConfig({}, { ...feishu, HUILIU_MODE: 'trial', FEISHU_ADMIN: '+8613800000000' }).feishu?.admin,
    ).toEqual({ mobile: '+8613800000000' })
    const { FEISHU_ADMIN: _, ...noAdmin } = feishu
    const base = { ...noAdmin, HUILIU_MODE: 'trial', FEISHU_BASE_APP_TOKEN: 'bascn1234567890' }
    expect(readConfig({}, base).feishu).toMatchObject({ baseAppToken: 'bascn1234567890' })
  })

  it('refuses the same port for the product and the sandbox', () => {
    expect(problemsOf({ PORT: '3400' })).toEqual([expect.stringContaining('PORT and SANDBOX_PORT')])
  })

  it('checks huiliu.config.ts as strictly: shape, references, payers', () => {
    const [system] = installation.systems ?? []
    const [shop] = installation.shops ?? []
    if (system === undefined || shop === undefined) throw new Error('the fixture has both')
    const { erp: _, ...noErp } = shop
    const of = (changed: Installation) => problemsOf({ HUILIU_MODE: 'demo' }, changed).join('\n')
    expect(of({ systems: [system], shops: [{ ...noErp, payer: 'erp' }] })).toContain('has no erp')
    expect(of({ systems: [system], shops: [{ ...shop, erp: 'sap' }] })).toContain('has the ERP "sap"')
    expect(of({ systems: [], shops: [noErp] })).toContain('sells on "doudian"')
    expect(of({ systems: [system, system] })).toContain('the id "doudian" is used twice')
    expect(of({ bitable: { rowCap: 0, batchSize: 5000 } })).toContain('bitable.batchSize')
    expect(of({ shops: [{ ...shop, payer: 'nobody' } as never] })).toContain('shops.0.payer')
    expect(of({ shopz: [] } as never)).toContain('huiliu.config.ts: the whole')
  })

  it('answers any environment with a configuration or one ConfigError', () => {
    const names = [
      'HUILIU_MODE',
      'PORT',
      'DATABASE_URL',
      'FEISHU_APP_ID',
      'FEISHU_TRANSPORT',
      'FEISHU_X',
      'HOST',
    ]
    const environment = fc.dictionary(fc.constantFrom(...names), fc.string())
    fc.assert(
      fc.property(environment, (env) => {
        expect(Array.isArray(problemsOf(env))).toBe(true)
      }),
    )
  })
})
