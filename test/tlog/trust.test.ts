import * as fc from 'fast-check';
import { test } from 'tap';
import {
  cosigner,
  formatCheckpoint,
  formatNote,
  formatTlogProof,
  formatVerifierKey,
  generateKey,
  inclusionProof,
  nodesFromLeaves,
  noteSigner,
  parsePolicy,
  parseTlogProof,
  quorumMet,
  rootAt,
  signNote,
  trustCheckpoint,
  verifierKey,
  verifyTlogProof,
} from '../../src/tlog/index.ts';
import type { Policy, Signer, TlogProof } from '../../src/tlog/index.ts';
import { concatBytes } from '../../src/tlog/bytes.ts';
import real from '../vectors/ledger/witnessed-checkpoint.json' with { type: 'json' };
import { base64, flip, hex, leafHashes, text, utf8, value } from './fixtures.ts';

const ORIGIN = 'log.example/duban';
const LOG = generateKey(ORIGIN, 'ed25519');
const WITNESSES = ['w1', 'w2', 'w3', 'w4', 'w5'].map((name) => generateKey(`${name}.example`, 'cosignature'));
const logLine = `log ${formatVerifierKey(LOG)}\n`;
const witnessLines = WITNESSES.map((key, i) => `witness w${i + 1} ${formatVerifierKey(key)}\n`);
const [w1Line = ''] = witnessLines;
const allLines = logLine + witnessLines.join('');

const policyOf = (file: string): Policy => value(parsePolicy(utf8(file)));

await test('a policy file', async (t) => {
  const policy = policyOf(
    [
      '# whom to believe\n',
      `log ${formatVerifierKey(LOG)} https://log.example/\n`,
      '\n',
      ` \twitness\tw1   ${formatVerifierKey(WITNESSES[0] ?? LOG)}   https://w1.example/ \t\n`,
      ...witnessLines.slice(1),
      '  # 审计 office\n',
      'group ab 2 w1 w2\n',
      'group cde any w3 w4 w5\n',
      'group both all ab cde\n',
      'quorum both\n',
    ].join(''),
  );
  t.strictSame(
    policy.logs.map(({ key, url }) => [key.name, key.keyId, url]),
    [[ORIGIN, LOG.keyId, 'https://log.example/']],
  );
  t.strictSame([...policy.parties.keys()], ['w1', 'w2', 'w3', 'w4', 'w5', 'ab', 'cde', 'both']);
  const w1 = policy.parties.get('w1');
  t.equal(w1?.kind === 'witness' && w1.url, 'https://w1.example/');
  t.strictSame(policy.parties.get('cde'), { kind: 'group', threshold: 1, members: ['w3', 'w4', 'w5'] });
  t.strictSame(policy.parties.get('both'), { kind: 'group', threshold: 2, members: ['ab', 'cde'] });
  t.equal(policy.quorum, 'both');
  t.strictSame(policyOf('quorum none\n'), { logs: [], parties: new Map(), quorum: 'none' });
});

await test('a group meets its threshold, and groups count once', async (t) => {
  const policy = policyOf(`${allLines}group ab all w1 w2\ngroup cde 2 w3 w4 w5\ngroup top any ab cde\nquorum top\n`);
  const met = (...names: readonly string[]): boolean => quorumMet(policy, new Set(names));
  t.notOk(met());
  t.notOk(met('w1'));
  t.ok(met('w1', 'w2'));
  t.notOk(met('w1', 'w3'), 'one of each group is none of both');
  t.ok(met('w3', 'w5'));
  t.notOk(met('ab', 'cde', 'top'), 'a group cannot sign');
  t.notOk(met('stranger', 'w4'));
  t.ok(quorumMet(policyOf('quorum none\n'), new Set()));
  t.ok(quorumMet(policyOf(`${allLines}quorum w2\n`), new Set(['w2'])));
  t.notOk(quorumMet(policyOf(`${allLines}quorum w2\n`), new Set(['w1'])));
});

await test('k of n, for every k and every set of cosigners', async (t) => {
  const five = ['w1', 'w2', 'w3', 'w4', 'w5'];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.subarray(five), (k, cosigners) => {
      const policy = policyOf(`${allLines}group g ${k} ${five.join(' ')}\nquorum g\n`);
      return quorumMet(policy, new Set(cosigners)) === cosigners.length >= k;
    }),
    { numRuns: 60 },
  );
  t.pass();
});

await test('malformed policies', async (t) => {
  const other = formatVerifierKey(generateKey('other.example', 'cosignature'));
  const sameRaw = formatVerifierKey(verifierKey('renamed.example', 'ed25519', LOG.publicKey));
  const bad: readonly (readonly [string, string])[] = [
    ['', 'no-quorum'],
    ['# nothing\n', 'no-quorum'],
    [allLines, 'no-quorum'],
    ['quorum none', 'not-policy-text'],
    ['quorum none\r\n', 'not-policy-text'],
    ['quorum none\u0000\n', 'not-policy-text'],
    ['quorum none\u007f\n', 'not-policy-text'],
    ['quorum\u00a0none\n', 'bad-policy-line'],
    ['quorum none # trailing\n', 'bad-policy-line'],
    ['quorum\n', 'bad-policy-line'],
    ['quorum none none\n', 'bad-policy-line'],
    ['Quorum none\n', 'bad-policy-line'],
    ['quorums none\n', 'bad-policy-line'],
    ['constructor none\n', 'bad-policy-line'],
    ['quorum none\nquorum none\n', 'duplicate-quorum'],
    ['quorum w1\n', 'undefined-name'],
    [`quorum w1\n${w1Line}`, 'undefined-name'],
    ['log\nquorum none\n', 'bad-policy-line'],
    [`log ${formatVerifierKey(LOG)} url more\nquorum none\n`, 'bad-policy-line'],
    ['log no+key\nquorum none\n', 'bad-policy-key'],
    [`${logLine}log ${sameRaw}\nquorum none\n`, 'duplicate-key'],
    [`witness w1\nquorum none\n`, 'bad-policy-line'],
    [`witness w1 ${other} url more\nquorum none\n`, 'bad-policy-line'],
    [`witness w1 ${formatVerifierKey(LOG)}\nquorum none\n`, 'bad-policy-key'],
    [`witness none ${other}\nquorum none\n`, 'duplicate-name'],
    [`${w1Line}witness w1 ${other}\nquorum none\n`, 'duplicate-name'],
    [`${w1Line}${w1Line.replace('w1', 'again')}quorum none\n`, 'duplicate-key'],
    [`${w1Line}group w1 1 w1\nquorum none\n`, 'duplicate-name'],
    [`${w1Line}group none 1 w1\nquorum none\n`, 'duplicate-name'],
    [`${w1Line}group g\nquorum none\n`, 'bad-policy-line'],
    [`${w1Line}group g 1\nquorum none\n`, 'bad-policy-line'],
    [`${w1Line}group g 1 g\nquorum none\n`, 'undefined-name'],
    [`${w1Line}group g 1 none\nquorum none\n`, 'undefined-name'],
    [`${w1Line}group g 1 w1 w2\nquorum none\n`, 'undefined-name'],
    [`${w1Line}group g 1 w1 w1\nquorum none\n`, 'member-taken'],
    [`${w1Line}group g 1 w1\ngroup h 1 w1\nquorum none\n`, 'member-taken'],
    ...['0', '2', '01', '+1', '-1', '1.0', 'ALL', 'some', '1e0'].map(
      (k) => [`${w1Line}group g ${k} w1\nquorum none\n`, 'bad-threshold'] as const,
    ),
  ];
  for (const [file, reason] of bad) {
    const parsed = parsePolicy(utf8(file));
    t.equal(parsed.ok ? 'parsed' : parsed.reason, reason, JSON.stringify(file.slice(-60)));
  }
  t.strictSame(parsePolicy(utf8(`${w1Line}\ngroup g 2 w1\nquorum g\n`)), { ok: false, reason: 'bad-threshold', detail: 'line 3: 2' });
  t.strictSame(parsePolicy(concatBytes(utf8('# '), Uint8Array.of(0xff), utf8('\nquorum none\n'))), {
    ok: false,
    reason: 'not-policy-text',
  });
  t.ok(parsePolicy(utf8(`#${'x'.repeat(1024 * 1024 - 14)}\nquorum none\n`)).ok, 'as large as may be');
  t.strictSame(parsePolicy(utf8(`#${'x'.repeat(1024 * 1024 - 13)}\nquorum none\n`)), { ok: false, reason: 'policy-too-large' });
});

const LEAVES = leafHashes(40);
const NODES = nodesFromLeaves(LEAVES);
const SIZE = 37;
const POLICY = policyOf(`${allLines}group two 2 w1 w2 w3 w4 w5\nquorum two\n`);

const bodyOf = (size: number, origin = ORIGIN): string => formatCheckpoint({ origin, size, root: rootAt(size, NODES), extensions: [] });
const noteOf = (body: string, signers: readonly Signer[]): Uint8Array => formatNote(signNote({ text: body, signatures: [] }, signers));
const cosign = (indexes: readonly number[], time = 1_700_000_000): readonly Signer[] =>
  WITNESSES.filter((_, i) => indexes.includes(i + 1)).map((key) => cosigner(key, time));

await test('a checkpoint is trusted when its log and enough witnesses signed it', async (t) => {
  const trusted = value(trustCheckpoint(noteOf(bodyOf(SIZE), [noteSigner(LOG), ...cosign([2, 5])]), POLICY));
  t.strictSame([trusted.checkpoint.origin, trusted.checkpoint.size], [ORIGIN, SIZE]);
  t.strictSame(trusted.cosigned, [
    { witness: 'w2', time: 1_700_000_000 },
    { witness: 'w5', time: 1_700_000_000 },
  ]);

  const stranger = noteSigner(generateKey('stranger.example', 'ed25519'));
  t.ok(trustCheckpoint(noteOf(bodyOf(SIZE), [stranger, noteSigner(LOG), ...cosign([1, 3])]), POLICY).ok, 'a stranger may sign as well');

  const refusals: readonly (readonly [Uint8Array, string])[] = [
    [noteOf(bodyOf(SIZE), [noteSigner(LOG), ...cosign([2])]), 'quorum-not-met'],
    [noteOf(bodyOf(SIZE), [noteSigner(LOG)]), 'quorum-not-met'],
    [noteOf(bodyOf(SIZE), cosign([1, 2, 3, 4, 5])), 'no-log-signature'],
    [noteOf(bodyOf(SIZE), [stranger]), 'no-known-signature'],
    [noteOf(bodyOf(SIZE), [noteSigner(generateKey(ORIGIN, 'ed25519')), ...cosign([1, 2])]), 'no-log-signature'],
    [noteOf(bodyOf(SIZE, 'other.example'), [noteSigner(LOG), ...cosign([1, 2])]), 'unknown-origin'],
    [noteOf('no checkpoint\n', [noteSigner(LOG)]), 'bad-checkpoint'],
    [utf8('no note'), 'no-signature-block'],
  ];
  for (const [note, reason] of refusals) {
    const refused = trustCheckpoint(note, POLICY);
    t.equal(refused.ok ? 'trusted' : refused.reason, reason);
  }

  // A key of another log in the policy does not speak for this one.
  const second = generateKey('second.example', 'ed25519');
  const both = policyOf(`${logLine}log ${formatVerifierKey(second)}\nquorum none\n`);
  t.strictSame(trustCheckpoint(noteOf(bodyOf(SIZE), [noteSigner(second)]), both), { ok: false, reason: 'no-known-signature' });

  // A witness that bears the log's name is still not the log.
  const namesake = generateKey(ORIGIN, 'cosignature');
  const named = policyOf(`${logLine}witness w ${formatVerifierKey(namesake)}\nquorum w\n`);
  t.strictSame(trustCheckpoint(noteOf(bodyOf(SIZE), [cosigner(namesake, 100)]), named), { ok: false, reason: 'no-log-signature' });
  t.strictSame(trustCheckpoint(noteOf(bodyOf(SIZE), [noteSigner(LOG)]), named), { ok: false, reason: 'quorum-not-met' });
  t.ok(trustCheckpoint(noteOf(bodyOf(SIZE), [noteSigner(LOG), cosigner(namesake, 100)]), named).ok);

  // One witness twice, with two times, is one witness.
  const twice = signNote({ text: bodyOf(SIZE), signatures: [] }, [noteSigner(LOG), ...cosign([1], 100), ...cosign([1], 200)]);
  t.strictSame(trustCheckpoint(formatNote(twice), POLICY), { ok: false, reason: 'quorum-not-met' });
  t.strictSame(value(trustCheckpoint(formatNote(twice), policyOf(`${allLines}quorum w1\n`))).cosigned, [
    { witness: 'w1', time: 100 },
    { witness: 'w1', time: 200 },
  ]);

  // One bad cosignature of a known witness refuses the note, however many good ones there are.
  const signed = signNote({ text: bodyOf(SIZE), signatures: [] }, [noteSigner(LOG), ...cosign([1, 2, 3])]);
  const spoilt = {
    ...signed,
    signatures: signed.signatures.map((one) => (one.name === 'w3.example' ? { ...one, bytes: flip(one.bytes, 20) } : one)),
  };
  const refused = trustCheckpoint(formatNote(spoilt), POLICY);
  t.equal(refused.ok ? 'trusted' : refused.reason, 'bad-signature');
});

await test('a real checkpoint under a policy of four public witnesses', async (t) => {
  const lines = [
    `log ${real.log}\n`,
    ...real.witnesses.map((vkey, i) => `witness p${i} ${vkey}\n`),
    'group all-four all p0 p1 p2 p3\n',
    'quorum all-four\n',
  ];
  const trusted = value(trustCheckpoint(utf8(real.note), policyOf(lines.join(''))));
  t.equal(trusted.checkpoint.size, 1_432_088_532);
  t.strictSame(trusted.cosigned.map(({ witness }) => witness).toSorted(), ['p0', 'p1', 'p2', 'p3']);
  const larger = real.note.replace('1432088532', '1432088533');
  t.notOk(trustCheckpoint(utf8(larger), policyOf(lines.join(''))).ok);
});

const proofOf = (index: number): TlogProof => ({
  index,
  hashes: inclusionProof(index, SIZE, NODES),
  checkpoint: noteOf(bodyOf(SIZE), [noteSigner(LOG), ...cosign([1, 4])]),
});

await test('a receipt proves its leaf, and no other', async (t) => {
  for (const index of [0, 1, 31, 32, 36]) {
    const file = formatTlogProof(proofOf(index));
    const proven = value(verifyTlogProof(file, LEAVES[index] ?? LOG.publicKey, POLICY));
    t.strictSame([proven.index, proven.checkpoint.size, proven.cosigned.length], [index, SIZE, 2]);
    for (const [other, leaf] of LEAVES.entries()) {
      if (other !== index && verifyTlogProof(file, leaf, POLICY).ok) t.fail(`leaf ${other} proved by the receipt of leaf ${index}`);
    }
  }
  const file = formatTlogProof(proofOf(9));
  t.strictSame(verifyTlogProof(file, LEAVES[9] ?? LOG.publicKey, policyOf(`${allLines}group all all w1 w2 w3 w4 w5\nquorum all\n`)), {
    ok: false,
    reason: 'quorum-not-met',
  });
  t.strictSame(verifyTlogProof(formatTlogProof({ ...proofOf(9), index: SIZE }), LEAVES[9] ?? LOG.publicKey, POLICY), {
    ok: false,
    reason: 'bad-index',
  });
});

await test('no byte of a receipt can be changed', async (t) => {
  const file = formatTlogProof(proofOf(20));
  const leaf = LEAVES[20] ?? LOG.publicKey;
  t.ok(verifyTlogProof(file, leaf, POLICY).ok);
  for (let at = 0; at < file.length; at += 1) {
    for (const mask of [0x01, 0x80]) if (verifyTlogProof(flip(file, at, mask), leaf, POLICY).ok) t.fail(`byte ${at} xor ${mask}`);
  }
  for (let at = 0; at < 32; at += 1) if (verifyTlogProof(file, flip(leaf, at), POLICY).ok) t.fail(`byte ${at} of the leaf's hash`);
});

await test('receipts read back', async (t) => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
      fc.option(fc.uint8Array({ minLength: 1 })),
      (index, hashes, extra) => {
        const proof = { index, hashes, checkpoint: utf8('anything\n\n\u2014 at all\n'), ...(extra === null ? {} : { extra }) };
        const back = value(parseTlogProof(formatTlogProof(proof)));
        return (
          back.index === index &&
          back.hashes.map(hex).join() === hashes.map(hex).join() &&
          text(back.checkpoint) === text(proof.checkpoint) &&
          (extra === null ? back.extra === undefined : hex(back.extra ?? utf8('none')) === hex(extra))
        );
      },
    ),
    { numRuns: 100 },
  );
  const example = text(formatTlogProof({ ...proofOf(0), hashes: LEAVES.slice(0, 1), checkpoint: utf8('note\n'), extra: utf8('age-v1') }));
  t.equal(example, `c2sp.org/tlog-proof@v1\nextra YWdlLXYx\nindex 0\n${base64(LEAVES[0] ?? LOG.publicKey)}\n\nnote\n`);
  t.equal(text(formatTlogProof({ index: 0, hashes: [], checkpoint: utf8('note\n') })), 'c2sp.org/tlog-proof@v1\nindex 0\n\nnote\n');
});

await test('malformed receipts', async (t) => {
  const hash = base64(LEAVES[0] ?? LOG.publicKey);
  const header = 'c2sp.org/tlog-proof@v1\n';
  const bad: readonly (readonly [string, string])[] = [
    ['', 'bad-proof-header'],
    [header, 'bad-proof-header'],
    [`${header}index 0\n`, 'bad-proof-header'],
    [`${header}index 0\n${hash}\nnote\n`, 'bad-proof-header'],
    [`c2sp.org/tlog-proof@v2\nindex 0\n\nnote\n`, 'bad-proof-header'],
    [` ${header}index 0\n\nnote\n`, 'bad-proof-header'],
    [`\ufeff${header}index 0\n\nnote\n`, 'bad-proof-header'],
    [`${header.trimEnd()}\r\nindex 0\r\n\r\nnote\n`, 'bad-proof-header'],
    [`\n\n${header}index 0\n\nnote\n`, 'bad-proof-header'],
    [`${header}\nnote\n`, 'bad-proof-index'],
    [`${header}${hash}\n\nnote\n`, 'bad-proof-index'],
    ...['01', '+1', '-1', '1.0', '', ' 1', '1 ', '0x1', '1\r', 'one', '9007199254740992'].map(
      (index) => [`${header}index ${index}\n\nnote\n`, 'bad-proof-index'] as const,
    ),
    [`${header}Index 0\n\nnote\n`, 'bad-proof-index'],
    [`${header}index\t0\n\nnote\n`, 'bad-proof-index'],
    [`${header}index 0\nindex 0\n\nnote\n`, 'bad-proof-hash'],
    [`${header}index 0\nextra AA==\n\nnote\n`, 'bad-proof-hash'],
    [`${header}extra AA==\nextra AA==\nindex 0\n\nnote\n`, 'bad-proof-index'],
    ...['', 'A', 'AA', 'AB==', '!!', 'AA== ', 'AA==\r'].map(
      (extra) => [`${header}extra ${extra}\nindex 0\n\nnote\n`, 'bad-proof-extra'] as const,
    ),
    ...['!!', hash.slice(1), `${hash}=`, `${hash} `, `${hash}\r`, base64(new Uint8Array(64)), base64(new Uint8Array(31))].map(
      (line) => [`${header}index 0\n${line}\n\nnote\n`, 'bad-proof-hash'] as const,
    ),
    [`${header}index 0\n${`${hash}\n`.repeat(64)}\nnote\n`, 'too-many-hashes'],
    [`${header}extra ${'A'.repeat(2 * 1024 * 1024)}\nindex 0\n\nnote\n`, 'proof-file-too-large'],
  ];
  for (const [file, reason] of bad) {
    const parsed = parseTlogProof(utf8(file));
    t.equal(parsed.ok ? 'parsed' : parsed.reason, reason, JSON.stringify(file.slice(0, 70)));
  }
  t.strictSame(parseTlogProof(utf8(`${header}index 0\n${hash}\n!\n\nnote\n`)), { ok: false, reason: 'bad-proof-hash', detail: 'hash 2' });
  const longest = value(parseTlogProof(utf8(`${header}index 0\n${`${hash}\n`.repeat(63)}\nnote\n`)));
  t.equal(longest.hashes.length, 63);
  t.equal(value(parseTlogProof(formatTlogProof(longest))).hashes.length, 63);
  t.strictSame(parseTlogProof(concatBytes(Uint8Array.of(0xff), utf8(`${header}index 0\n\nnote\n`))), {
    ok: false,
    reason: 'bad-proof-header',
  });
  for (const wrong of [
    { ...proofOf(0), index: -1 },
    { ...proofOf(0), index: 2 ** 53 },
    { ...proofOf(0), hashes: [new Uint8Array(31)] },
    { ...proofOf(0), hashes: Array.from({ length: 64 }, () => LOG.publicKey) },
    { ...proofOf(0), extra: new Uint8Array(0) },
  ]) {
    t.throws(() => formatTlogProof(wrong), RangeError);
  }
});
