import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createAllowList } from '#src/http/allow-list.ts'
import { createHttp, type HttpOptions } from '#src/http/create-http.ts'
import { isPrivateAddress } from '#src/http/private-address.ts'
import { silentLogger } from '#src/log.ts'

const hosts = ['api.shop.example', 'erp.example:8443', '[2606:4700::1111]']

describe('hosts that may be called', () => {
  it.each([
    'https://api.shop.example/router',
    'https://API.SHOP.EXAMPLE/router',
    'https://api.shop.example:443/',
    'http://api.shop.example/',
    'https://erp.example:8443/x?y=1#z',
    'https://[2606:4700::1111]/',
  ])('%s', (url) => {
    expect(createAllowList(hosts).check(url)).toBeInstanceOf(URL)
  })
})

describe('addresses that are refused before anything is sent', () => {
  it.each([
    'https://evil.example/',
    'https://api.shop.example.evil.example/',
    'https://evil.example/api.shop.example',
    'https://sub.api.shop.example/',
    'https://api.shop.example./',
    'https://api.shop.example:8443/',
    'https://erp.example/',
    'http://localhost/',
    'http://localhost:3000/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.0.0.1.nip.io/',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://metadata.google.internal/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://①②⑦.⓪.⓪.①/',
    'https://api.shop.example@evil.example/',
    'https://user@api.shop.example/',
    'https://user:secret@api.shop.example/',
    'https://evil.example\\@api.shop.example/',
    'https://evil.example#@api.shop.example/',
    'https://evil.example?@api.shop.example/',
    'https://api.shop.example%00.evil.example/',
    'https://api.shop.example%2eevil.example/',
    'https://api.shop.example\n.evil.example/',
    'file:///etc/passwd',
    'file://api.shop.example/etc/passwd',
    'gopher://api.shop.example/_x',
    'ftp://api.shop.example/',
    'ws://api.shop.example/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'blob:https://api.shop.example/x',
    '//api.shop.example/',
    '/router',
    'api.shop.example',
    'https://',
    '',
    ' ',
  ])('%j', (url) => {
    expect(() => createAllowList(hosts).check(url)).toThrow(
      expect.objectContaining({ outcome: 'not-sent', retry: 'never' }),
    )
  })

  it('does not repeat a password from the address in the error', () => {
    expect(() => createAllowList(hosts).check('https://user:CANARY@api.shop.example/')).not.toThrow('CANARY')
  })
})

describe('private addresses', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.255.255.254', true],
    ['10.1.2.3', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.0.1', true],
    ['169.254.169.254', true],
    ['100.127.255.255', true],
    ['0.0.0.0', true],
    ['224.0.0.1', true],
    ['255.255.255.255', true],
    ['::1', true],
    ['::', true],
    ['::ffff:10.0.0.1', true],
    ['::ffff:8.8.8.8', false],
    ['fe80::1%eth0', true],
    ['fd12::1', true],
    ['64:ff9b::a00:1', true],
    ['2002:7f00:1::', true],
    ['2606:4700::1111', false],
    ['8.8.8.8', false],
    ['not an address', true],
  ])('%s is private: %s', (address, expected) => {
    expect(isPrivateAddress(address)).toBe(expected)
  })
})

/** Calls a server on loopback through a name that resolves there; returns the error's code, or the status. */
async function callByName(name: string, extraHosts: string[]) {
  let hits = 0
  const server = createServer((_request, reply) => {
    hits++
    reply.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const resolve: HttpOptions['resolve'] = (_host, done) => done(null, [{ address: '127.0.0.1', family: 4 }])
  const http = createHttp({ hosts: [`${name}:${port}`, ...extraHosts], log: silentLogger, resolve })
  const result = await http
    .request({ method: 'GET', url: `http://${name}:${port}/` })
    .then((answer) => answer.status)
    .catch((error: { code: string }) => error.code)
  await http.close()
  await new Promise((done) => server.close(done))
  return { result, hits }
}

describe('names that resolve to a private address', () => {
  it('are refused although the name is listed (DNS rebinding)', async () => {
    expect(await callByName('api.shop.example', [])).toEqual({ result: 'http_address_refused', hits: 0 })
  })

  it('are called when the address is listed too (a system in the own network)', async () => {
    expect(await callByName('erp.company.example', ['127.0.0.1'])).toEqual({ result: 200, hits: 1 })
  })

  it('are called when the listed name itself says this machine', async () => {
    expect(await callByName('localhost', [])).toEqual({ result: 200, hits: 1 })
  })
})
