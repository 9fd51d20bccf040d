import { test } from 'tap';
import { createGuard } from '../../src/sending/addresses.ts';
import { english } from '../support/english.ts';

/** Where may be sent to: by the registries of special-purpose addresses (RFC 6890 and those that came after it). */

const CLOSED = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '239.255.255.255',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '2001::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
];

const OPEN = ['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'];

await test('what is not public is not reached, however it is written', (t) => {
  const guard = createGuard([]);
  for (const address of CLOSED) t.notOk(guard.mayReach('example.org', address), address);
  for (const address of OPEN) t.ok(guard.mayReach('example.org', address), address);
  t.notOk(guard.mayReach('example.org', 'example.org'), 'a name is no address');
  t.end();
});

await test('a URL that cannot be meant is refused before anything is sent', (t) => {
  const guard = createGuard([]);
  for (const url of [
    'https://oa.example.gov.cn/hooks',
    'https://oa.example.gov.cn:8443/hooks?key=1',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
  ])
    t.equal(guard.refuses(url), undefined, url);
  const refused: Readonly<Record<string, RegExp>> = {
    'not a url': /no URL/u,
    'ftp://example.org/': /https/u,
    'file:///etc/passwd': /https/u,
    'gopher://example.org/': /https/u,
    'http://example.org/': /https.*WEBHOOK_ALLOW/u,
    'https://example.org:22/': /port/u,
    'https://user@example.org/': /credentials/u,
    'https://user:secret@example.org/': /credentials/u,
    'https://@example.org/': /credentials/u,
    'https:example.org@example.com/': /credentials/u,
    'https://example.org/#part': /fragment/u,
    'https://example.org/#': /fragment/u,
    'https://example.org/in\r\nHost: example.com': /blanks, line breaks/u,
    'https://exam\tple.org/': /blanks, line breaks/u,
    ' https://example.org/': /blanks, line breaks/u,
    'https://example.org/in ': /blanks, line breaks/u,
    'https://example.org/a b': /blanks, line breaks/u,
    'https://example.org/a\u3000b': /blanks, line breaks/u,
    'https://example.org/\0': /blanks, line breaks/u,
    'https:\\\\example.org\\in': /backslashes/u,
    'https://127.0.0.1/': /not public/u,
    'https://127.1/': /not public/u,
    'https://2130706433/': /not public/u,
    'https://0x7f000001/': /not public/u,
    'https://017700000001/': /not public/u,
    'https://[::1]/': /not public/u,
    'https://[::ffff:127.0.0.1]/': /not public/u,
    'https://[::ffff:7f00:1]/': /not public/u,
    'https://169.254.169.254/latest/meta-data/': /not public/u,
    'https://１２７.０.０.１/': /not public/u,
  };
  for (const [url, words] of Object.entries(refused)) t.match(english(guard.refuses(url)) ?? 'taken', words, url);
  t.end();
});

await test('the operator opens a host, an address or a network, and nothing beside it', (t) => {
  const guard = createGuard(['oa.internal', '10.1.0.0/16', '192.168.7.7', 'fd00:1::/32']);
  for (const url of [
    'http://oa.internal:8080/hook',
    'https://OA.internal./hook',
    'http://10.1.2.3:9000/',
    'http://192.168.7.7/',
    'http://[fd00:1::9]/',
  ])
    t.equal(guard.refuses(url), undefined, url);
  for (const url of [
    'http://10.2.0.1/',
    'http://192.168.7.8/',
    'http://other.internal/',
    'http://[fd00:2::9]/',
    'http://oa.internal.example.org/',
  ])
    t.type(english(guard.refuses(url)), 'string', url);
  t.ok(guard.mayReach('oa.internal', '127.0.0.1'), 'a host that was named is trusted with its addresses');
  t.ok(guard.mayReach('some.example.org', '10.1.2.3'), 'a network is open whatever name leads there');
  t.ok(guard.mayReach('some.example.org', '::ffff:10.1.2.3'));
  t.notOk(guard.mayReach('some.example.org', '10.2.0.1'));
  t.end();
});
