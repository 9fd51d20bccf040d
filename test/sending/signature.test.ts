import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { test } from 'tap';
import { newSecret, SECRET_PATTERN, signatureHeaders } from '../../src/sending/signature.ts';

/** The signature, held against the scheme's own library. */

const seconds = Math.floor(Date.now() / 1000);

await test('whoever has the secret finds the signature good, and no other', (t) => {
  fc.assert(
    fc.property(fc.uuid(), fc.json(), fc.uint8Array({ minLength: 24, maxLength: 64 }), (id, body, key) => {
      const secret = `whsec_${Buffer.from(key).toString('base64')}`;
      const headers = signatureHeaders([secret], { id, seconds, body });
      new Webhook(secret).verify(body, headers);
      return SECRET_PATTERN.test(secret);
    }),
  );
  const headers = signatureHeaders([newSecret()], { id: 'one', seconds, body: '{}' });
  t.throws(() => new Webhook(newSecret()).verify('{}', headers), 'another secret');
  t.end();
});

await test('what is changed on the way is found out: body, id, time', (t) => {
  const secret = newSecret();
  const headers = signatureHeaders([secret], { id: 'one', seconds, body: '{"a":1}' });
  const webhook = new Webhook(secret);
  webhook.verify('{"a":1}', headers);
  t.throws(() => webhook.verify('{"a":2}', headers));
  t.throws(() => webhook.verify('{"a":1}', { ...headers, 'webhook-id': 'two' }));
  t.throws(() => webhook.verify('{"a":1}', { ...headers, 'webhook-timestamp': String(seconds - 1) }));
  t.end();
});

await test('while one secret is exchanged for another, both find it good', (t) => {
  const [before, now] = [newSecret(), newSecret()];
  const headers = signatureHeaders([now, before], { id: 'one', seconds, body: '{}' });
  t.match(headers['webhook-signature'], /^v1,\S+ v1,\S+$/u);
  for (const secret of [before, now]) new Webhook(secret).verify('{}', headers);
  t.end();
});

await test('secrets are made long enough, and each is another', (t) => {
  t.match(newSecret(), SECRET_PATTERN);
  t.not(newSecret(), newSecret());
  for (const bad of ['whsec_', 'whsec_c2hvcnQ=', 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0', `whsec_${'A'.repeat(92)}`, 'whsec_ä'])
    t.notMatch(bad, SECRET_PATTERN, bad);
  t.end();
});
