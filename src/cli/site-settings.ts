/** Where the site is found, from the environment: on this machine alone, unless it says otherwise. */
import { isIP } from 'node:net'
import { CannotStart } from '#adapters/postgres/embedded.ts'

export type SiteSettings = {
  port: number
  /** The address of this machine to listen on. */
  host: string
  /** How people reach the site, where a proxy stands in front: `https://firstbell.example`. */
  publicUrl: string | undefined
  trustedProxies: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads PORT, HOST, PUBLIC_URL and TRUSTED_PROXIES. Throws CannotStart for what makes no sense. */
export function siteSettingsFrom(environment: Environment): SiteSettings {
  return {
    port: portFrom(environment['PORT']),
    host: environment['HOST'] || 'localhost',
    publicUrl: publicUrlFrom(environment['PUBLIC_URL']),
    trustedProxies: proxiesFrom(environment['TRUSTED_PROXIES']),
  }
}

/** A whole number up to 65535; 3000 when not set. */
function portFrom(text: string | undefined): number {
  if (!text) return 3000
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new CannotStart(`PORT is "${text}". Expected a number from 1 to 65535, as PORT=3001.`)
}

function publicUrlFrom(text: string | undefined): string | undefined {
  if (!text) return undefined
  const url = URL.parse(text)
  // Pages link from the root of the site: below a folder of another site they would lead astray.
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash)
    return url.origin
  throw new CannotStart(
    `PUBLIC_URL is "${text}". Expected how people reach Firstbell, without a folder, as PUBLIC_URL=https://firstbell.example.`,
  )
}

function proxiesFrom(text: string | undefined): string[] {
  const proxies = (text ?? '').split(/[\s,]+/).filter((one) => one !== '')
  const wrong = proxies.find((one) => !isProxy(one))
  if (wrong === undefined) return proxies
  throw new CannotStart(
    `TRUSTED_PROXIES names "${wrong}". Expected addresses or networks, as TRUSTED_PROXIES=127.0.0.1,10.1.0.0/16.`,
  )
}

function isProxy(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
