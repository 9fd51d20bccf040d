import { BlockList, isIP } from 'node:net';
import { say, type Message } from '../messages/message.ts';

/**
 * Where this service may send of its own accord. Whoever names a URL must not reach by it what only this machine can:
 * itself, the office's network, the metadata of a cloud.
 */

const CLOSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // shared by a carrier's customers (RFC 6598)
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, and the metadata of clouds
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // multicast
  '240.0.0.0/4',
];

/** With what leads into IPv4 by other ways: such an address says nothing of where it ends. */
const CLOSED_V6 = [
  '::/96', // unspecified, loopback, IPv4-compatible
  '::ffff:0:0:0/96', // IPv4-translated
  '64:ff9b::/96', // NAT64
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23', // Teredo and other protocols
  '2001:db8::/32',
  '2002::/16', // 6to4
  '3fff::/20',
  '5f00::/16',
  'fc00::/7', // unique local
  'fe80::/10',
  'fec0::/10',
  'ff00::/8', // multicast
];

const networks = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(bits), family);
  }
  return list;
};

const closed = networks([...CLOSED_V4, ...CLOSED_V6]);

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu;

/** An IPv4 address that is written as one of IPv6 (RFC 4291 §2.5.5.2) is that IPv4 address. */
const plainAddress = (address: string): string => {
  // A URL's parser writes the same address in one way, in hex groups: ::ffff:7f00:1.
  const canonical = isIP(address) === 6 ? new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1) : address;
  const groups = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u.exec(canonical);
  if (groups !== null) {
    const [high, low] = [Number.parseInt(groups[1] ?? '0', 16), Number.parseInt(groups[2] ?? '0', 16)];
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return MAPPED.exec(canonical)?.[1] ?? canonical;
};

const NOT_IN_URLS = /[\s\p{Cc}\\]/u;
/** Also where they are empty, which a parsed URL does not tell. */
const CREDENTIALS = /^[^/?#]*\/*[^/?#]*@/u;

export type Guard = {
  /** Whether a name, or an address as a URL has it, was allowed by the operator. */
  readonly isNamed: (host: string) => boolean;
  /** Whether may be connected to an address that a host has. */
  readonly mayReach: (host: string, address: string) => boolean;
  /** Why a URL is not taken; undefined where it is. What its name resolves to is seen when it is connected to. */
  readonly refuses: (url: string) => Message | undefined;
};

/** Where nothing is allowed by name. */
const OPEN_PORTS = ['443', '8443'];

export const hostOf = (url: URL): string =>
  url.hostname
    .replace(/^\[|\]$/gu, '')
    .replace(/\.$/u, '')
    .toLowerCase();

/** @param allowed  host names, addresses and networks that are reachable though they are not public, by http and at any port */
export const createGuard = (allowed: readonly string[]): Guard => {
  const isNetwork = (text: string): boolean => isIP(text.split('/')[0] ?? '') !== 0;
  const opened = networks(allowed.filter(isNetwork));
  const named = new Set(allowed.filter((text) => !isNetwork(text)).map((text) => text.toLowerCase()));
  const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const isOpened = (address: string): boolean => opened.check(address, familyOf(address));

  const isNamed = (host: string): boolean => named.has(host) || (isIP(host) !== 0 && isOpened(plainAddress(host)));
  const mayReach: Guard['mayReach'] = (host, address) => {
    const plain = plainAddress(address);
    if (isIP(plain) === 0) return false;
    return named.has(host) || isOpened(plain) || !closed.check(plain, familyOf(plain));
  };
  return {
    isNamed,
    mayReach,
    refuses: (text) => {
      if (!URL.canParse(text)) return say('sending.is-no-url');
      // The parser passes over these, or reads them as others; what is kept and shown must be what is called.
      if (NOT_IN_URLS.test(text)) return say('sending.no-blanks');
      const url = new URL(text);
      const host = hostOf(url);
      if (url.protocol !== 'https:' && url.protocol !== 'http:') return say('sending.begins-with-https');
      if (CREDENTIALS.test(text)) return say('sending.no-credentials');
      if (text.includes('#')) return say('sending.no-fragment');
      if (isIP(host) !== 0 && !mayReach(host, host)) return say('sending.not-public');
      if (isNamed(host)) return undefined;
      if (url.protocol === 'http:') return say('sending.https-unless-named');
      const port = url.port === '' ? '443' : url.port;
      if (!OPEN_PORTS.includes(port)) return say('sending.port-unless-named', { ports: OPEN_PORTS.join(' or ') });
      return undefined;
    },
  };
};
