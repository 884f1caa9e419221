import { expect, test } from 'vitest'
import { siteSettingsFrom } from './site-settings.ts'

test('with nothing said, the site is for this machine alone, at port 3000', () => {
  const alone = { port: 3000, host: 'localhost', publicUrl: undefined, trustedProxies: [] }
  expect(siteSettingsFrom({})).toEqual(alone)
  expect(siteSettingsFrom({ PORT: '', HOST: '', PUBLIC_URL: '', TRUSTED_PROXIES: ' ' })).toEqual(alone)
})

test('behind a proxy, it is told how people reach it and whose word to take', () => {
  const said = {
    PORT: '8080',
    HOST: '10.1.2.3',
    PUBLIC_URL: 'https://firstbell.example/',
    TRUSTED_PROXIES: '127.0.0.1, 10.1.0.0/16 ::1',
  }
  expect(siteSettingsFrom(said)).toEqual({
    port: 8080,
    host: '10.1.2.3',
    publicUrl: 'https://firstbell.example',
    trustedProxies: ['127.0.0.1', '10.1.0.0/16', '::1'],
  })
})

test.each([
  ['PORT', 'eighty', 'Expected a number from 1 to 65535'],
  ['PORT', '65536', 'Expected a number'],
  ['PORT', '-1', 'Expected a number'],
  ['PORT', '80.5', 'Expected a number'],
  ['PUBLIC_URL', 'firstbell.example', 'Expected how people reach Firstbell'],
  ['PUBLIC_URL', 'ftp://firstbell.example', 'as PUBLIC_URL=https://firstbell.example'],
  ['PUBLIC_URL', 'https://council.example/firstbell', 'without a folder'],
  ['PUBLIC_URL', 'https://council.example/?a=b', 'without a folder'],
  ['TRUSTED_PROXIES', 'everybody', 'names "everybody"'],
  ['TRUSTED_PROXIES', '10.0.0.1,10.0.0.0/33', 'names "10.0.0.0/33"'],
  ['TRUSTED_PROXIES', '10.0.0.0/8/8', 'Expected addresses or networks'],
])('%s=%s is refused in a sentence that says what was expected', (name, value, says) => {
  expect(() => siteSettingsFrom({ [name]: value })).toThrow(says)
})
