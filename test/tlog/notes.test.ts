import * as fc from 'fast-check';
import { test } from 'tap';
import {
  MAX_NOTE_BYTES,
  cosignatureTime,
  cosigner,
  formatCheckpoint,
  formatNote,
  formatPrivateKey,
  formatSignature,
  formatVerifierKey,
  generateKey,
  isKeyName,
  keyLabel,
  leafHash,
  noteSigner,
  openNote,
  parseCheckpoint,
  parseNote,
  parsePrivateKey,
  parseSignatures,
  parseVerifierKey,
  signNote,
  signText,
  verifierKey,
  verifierOf,
} from '../../src/tlog/index.ts';
import type { KeyIdentity, OpenRefusal, OpenedNote, Result, Verifier } from '../../src/tlog/index.ts';
import { concatBytes, decodeBase64, decodeUtf8, encodeBase64 } from '../../src/tlog/bytes.ts';
import { parseDecimal } from '../../src/tlog/numbers.ts';
import vectors from '../vectors/ledger/signed-notes.json' with { type: 'json' };
import real from '../vectors/ledger/witnessed-checkpoint.json' with { type: 'json' };
import { base64, flip, hex, text, unbase64, utf8, value } from './fixtures.ts';

const verifier = (vkey: string): Verifier => verifierOf(value(parseVerifierKey(vkey)));

const [PETER, ENOCH] = vectors.valid;
const peterKey = PETER?.vkey ?? '';
const peterSecret = PETER?.skeyTestOnly ?? '';
const enochKey = ENOCH?.vkey ?? '';
const bothNote = ENOCH?.note ?? '';
const [TEXT = '', SIGNATURES = ''] = bothNote.split(/(?<=\n)\n(?=\u2014)/);
const [peterLine = '', enochLine = ''] = SIGNATURES.split(/(?<=\n)/);

await test('the published notes open, the malformed ones do not parse', async (t) => {
  t.equal(vectors.valid.length, 5);
  for (const { vkey, note } of vectors.valid) {
    const opened = openNote(utf8(note), [verifier(vkey)]);
    t.ok(opened.ok, vkey);
    t.equal(opened.ok && keyLabel(opened.value.signatures[0] ?? { name: '', keyId: 0 }), vkey.split('+').slice(0, 2).join('+'));
  }
  t.equal(vectors.malformed.length, 6);
  for (const note of vectors.malformed) t.notOk(parseNote(utf8(note)).ok, JSON.stringify(note.slice(-40)));
  for (const vkey of vectors.badVkeys) t.notOk(parseVerifierKey(vkey).ok, vkey);
  t.strictSame(openNote(utf8(vectors.invalidSignature.note), [verifier(vectors.invalidSignature.vkey)]), {
    ok: false,
    reason: 'bad-signature',
    detail: 'PeterNeumann+c74f20a3',
  });
});

await test('a published key signs the published note, byte for byte', async (t) => {
  const signed = signNote({ text: TEXT, signatures: [] }, [noteSigner(value(parsePrivateKey(peterSecret)))]);
  t.equal(text(formatNote(signed)), PETER?.note);
});

const open = (note: string, ...keys: readonly string[]): Result<OpenedNote, OpenRefusal> => openNote(utf8(note), keys.map(verifier));
const names = (signatures: readonly KeyIdentity[]): readonly string[] => signatures.map(({ name }) => name);

await test('whom a note is opened for', async (t) => {
  const one = value(open(bothNote, peterKey));
  t.equal(one.text, TEXT);
  t.strictSame([names(one.signatures), names(one.unknown)], [['PeterNeumann'], ['EnochRoot']]);
  const both = value(open(bothNote, enochKey, peterKey));
  t.strictSame([names(both.signatures), names(both.unknown)], [['PeterNeumann', 'EnochRoot'], []]);

  t.strictSame(open(bothNote), { ok: false, reason: 'no-known-signature' });
  t.strictSame(open(`${TEXT}\n${peterLine}`, enochKey), { ok: false, reason: 'no-known-signature' });
  t.strictSame(open(bothNote, peterKey, enochKey, enochKey), { ok: false, reason: 'ambiguous-key', detail: 'EnochRoot+af0cfe78' });
  t.ok(open(`${TEXT}\n${peterLine}`, peterKey, enochKey, enochKey).ok, 'two verifiers for a key that did not sign');

  const forged = peterLine.replace('ZJku', 'ZJkv');
  t.strictSame(open(`${TEXT}\n${forged}${enochLine}`, peterKey, enochKey), {
    ok: false,
    reason: 'bad-signature',
    detail: 'PeterNeumann+c74f20a3',
  });
  t.strictSame(open(`${TEXT}\n${peterLine}${forged}`, peterKey).ok, false, 'a known key is checked each time it signs');
  t.ok(open(`${TEXT}\n${forged}${enochLine}`, enochKey).ok, 'an unknown key may sign anything');
  t.notOk(open(bothNote.replace('cryptography', 'Cryptography'), peterKey).ok, 'another text');
  t.notOk(open(`${TEXT}\n${peterLine.replace('PeterNeumann', 'Peter')}`, peterKey).ok, 'another name with the same id');
  t.notOk(open(`${TEXT}\n${peterLine.replace(' x08g', ' x08h')}`, peterKey).ok, 'another id with the same name');

  const twice = value(open(`${TEXT}\n${peterLine}${peterLine}${enochLine}${enochLine}`, peterKey));
  t.strictSame([names(twice.signatures), names(twice.unknown)], [['PeterNeumann'], ['EnochRoot']], 'the same line twice counts once');
});

await test('no byte of a signed note can be changed', async (t) => {
  const note = utf8(PETER?.note ?? '');
  const known = [verifier(peterKey)];
  t.ok(openNote(note, known).ok);
  for (let at = 0; at < note.length; at += 1) {
    for (const mask of [0x01, 0x20, 0x80]) if (openNote(flip(note, at, mask), known).ok) t.fail(`byte ${at} xor ${mask}`);
  }
});

await test('malformed notes', async (t) => {
  const line = peterLine;
  const bad: readonly (readonly [string, string])[] = [
    ['', 'no-signature-block'],
    ['\n', 'no-signature-block'],
    ['\n\n', 'no-signature-block'],
    [TEXT, 'no-signature-block'],
    [`${TEXT}\n`, 'no-signature-block'],
    [`${TEXT}${line}`, 'no-signature-block'],
    [`${TEXT}\n${line.slice(0, -1)}`, 'no-signature-block'],
    [`${TEXT}\n${line}\n`, 'no-signature-block'],
    [`${TEXT}\n${line}\n${line}x\n`, 'bad-signature-line'],
    [`${TEXT}\n${line}more\n`, 'bad-signature-line'],
    [`${TEXT}\nmore\n${line}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('\u2014', '-')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('\u2014 ', '\u2014')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('\u2014 ', '\u2014  ')}`, 'bad-signature-line'],
    [`${TEXT}\n ${line}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('PeterNeumann', 'Peter+Neumann')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('PeterNeumann', 'Peter\u3000Neumann')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('PeterNeumann', 'Peter\u0085Neumann')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('PeterNeumann ', '')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('AM=', 'AM')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('AM=', 'AM==')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('AM=', 'AN=')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('/ZJ', '_ZJ')}`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('\n', ' \n')}`, 'bad-signature-line'],
    [`${TEXT}\n\u2014 PeterNeumann x08gow==\n`, 'bad-signature-line'],
    [`${TEXT}\n${line.replace('\n', '\r\n')}`, 'not-plain-text'],
    [`${TEXT}\u0000\n\n${line}`, 'not-plain-text'],
    [`\t${TEXT}\n${line}`, 'not-plain-text'],
    [`\u001f${TEXT}\n${line}`, 'not-plain-text'],
    [`${TEXT}\n${line.repeat(101)}`, 'too-many-signatures'],
  ];
  for (const [note, reason] of bad) {
    const parsed = parseNote(utf8(note));
    t.equal(parsed.ok ? 'parsed' : parsed.reason, reason, JSON.stringify(note.slice(-150)));
  }
  const invalid = concatBytes(Uint8Array.of(0xff), utf8(`${TEXT}\n${line}`));
  t.strictSame(parseNote(invalid), { ok: false, reason: 'not-plain-text' });
  const overlong = concatBytes(Uint8Array.of(0xc0, 0x80), utf8(`${TEXT}\n${line}`));
  t.strictSame(parseNote(overlong), { ok: false, reason: 'not-plain-text' });
  const surrogate = concatBytes(Uint8Array.of(0xed, 0xa0, 0x80), utf8(`${TEXT}\n${line}`));
  t.strictSame(parseNote(surrogate), { ok: false, reason: 'not-plain-text' });
  const rest = utf8(`\n\n${line}`).length;
  t.ok(parseNote(utf8(`${'x'.repeat(MAX_NOTE_BYTES - rest)}\n\n${line}`)).ok, 'as large as may be');
  t.strictSame(parseNote(utf8(`${'x'.repeat(MAX_NOTE_BYTES - rest + 1)}\n\n${line}`)), { ok: false, reason: 'note-too-large' });
  t.strictSame(parseNote(utf8(`${TEXT}\n${line}\u2014 x\n`)), { ok: false, reason: 'bad-signature-line', detail: 'signature line 2' });
});

await test('texts that are allowed', async (t) => {
  const key = generateKey('example.com/log', 'ed25519');
  const known = [verifierOf(key)];
  for (const note of ['\n', 'one\n\ntwo\n', '\n\n\n', '督办\n', '\ufeffmarked\n', 'DEL \u007f\n', `quoted\n\n${peterLine}`]) {
    const bytes = formatNote(signNote({ text: note, signatures: [] }, [noteSigner(key)]));
    t.equal(value(openNote(bytes, known)).text, note, JSON.stringify(note));
  }
  t.ok(parseNote(utf8(`${TEXT}\n${peterLine.repeat(100)}`)).ok, '100 signatures');
  for (const bad of ['', 'no end', 'bell \u0007\n', 'half \ud800\n']) {
    t.throws(() => formatNote(signNote({ text: bad, signatures: [] }, [noteSigner(key)])), RangeError, JSON.stringify(bad));
  }
  t.throws(() => formatNote({ text: 'unsigned\n', signatures: [] }), RangeError);
});

await test('signing again replaces what the key had signed', async (t) => {
  const [a, b] = [generateKey('a.example', 'ed25519'), generateKey('b.example', 'ed25519')];
  const first = signNote({ text: 'x\n', signatures: [] }, [noteSigner(a), noteSigner(b)]);
  const again = signNote({ text: 'x\n', signatures: [{ ...signText('y\n', noteSigner(a)) }, ...first.signatures.slice(1)] }, [
    noteSigner(a),
  ]);
  t.strictSame(
    again.signatures.map(({ name }) => name),
    ['b.example', 'a.example'],
  );
  t.ok(openNote(formatNote(again), [verifierOf(a), verifierOf(b)]).ok);
});

await test('signature lines alone, as a witness answers them', async (t) => {
  const lines = value(parseSignatures(peterLine + enochLine));
  t.equal(lines.map(formatSignature).join(''), peterLine + enochLine);
  t.notOk(parseSignatures('').ok);
  t.notOk(parseSignatures('\n').ok);
  t.notOk(parseSignatures(`${peterLine}\n`).ok);
  t.notOk(parseSignatures(peterLine.trimEnd()).ok);
});

await test('key names', async (t) => {
  for (const name of ['a', 'example.com/log', '督办', 'transparency.dev/DEV:witness-little-garden', '\ufeff'])
    t.ok(isKeyName(name), `bytes ${hex(utf8(name))}`);
  for (const name of ['', ' ', 'a b', 'a+b', 'a\tb', 'a\nb', 'a\u00a0b', 'a\u2003b', 'a\u3000', 'a\u0085', 'a\u2028', '\ud800'])
    t.notOk(isKeyName(name), `bytes ${hex(utf8(name))}`);
});

await test('verifier keys', async (t) => {
  t.equal(keyLabel({ name: 'a', keyId: 0x0a }), 'a+0000000a');
  for (const vkey of [peterKey, enochKey, real.log, ...real.witnesses]) t.equal(formatVerifierKey(value(parseVerifierKey(vkey))), vkey);
  t.equal(value(parseVerifierKey(real.log)).type, 'ed25519');
  t.equal(value(parseVerifierKey(real.witnesses[0] ?? '')).type, 'cosignature');

  for (let from = 0; from <= peterKey.length; from += 1) {
    for (let to = from + 1; to <= peterKey.length; to += 1) {
      if ((from > 0 || to < peterKey.length) && parseVerifierKey(peterKey.slice(from, to)).ok) t.fail(`${from} to ${to}`);
    }
  }
  const bytes = utf8(peterKey);
  for (let at = 0; at < bytes.length; at += 1) {
    for (let mask = 1; mask < 128; mask += 1) if (parseVerifierKey(text(flip(bytes, at, mask))).ok) t.fail(`byte ${at} xor ${mask}`);
  }
  const [name = '', id = '', material = ''] = peterKey.split('+');
  const reasons: readonly (readonly [string, string])[] = [
    ['', 'bad-key'],
    [`${name}+${id}`, 'bad-key'],
    [`${name}+${id}+`, 'bad-key'],
    [`+${id}+${material}`, 'bad-key'],
    [`a b+${id}+${material}`, 'bad-key'],
    [`${name}+${id.toUpperCase()}+${material}`, 'bad-key'],
    [`${name}+0${id}+${material}`, 'bad-key'],
    [`${name}+${id}+${material}=`, 'bad-key'],
    [`${name}+${id}+${material}\n`, 'bad-key'],
    [` ${peterKey}`, 'bad-key'],
    [`${name}+00000000+${material}`, 'key-id-mismatch'],
    [`Other+${id}+${material}`, 'key-id-mismatch'],
    [vectors.badVkeys[0] ?? '', 'bad-key'],
    [vectors.badVkeys[1] ?? '', 'unsupported-key-type'],
  ];
  for (const [vkey, reason] of reasons) {
    const parsed = parseVerifierKey(vkey);
    t.equal(parsed.ok ? 'parsed' : parsed.reason, reason, vkey);
  }
  t.throws(() => verifierKey('a b', 'ed25519', new Uint8Array(32)), RangeError);
  t.throws(() => verifierKey('a', 'ed25519', new Uint8Array(31)), RangeError);
});

await test('private keys', async (t) => {
  t.equal(formatPrivateKey(value(parsePrivateKey(peterSecret))), `${peterSecret}\n`);
  t.equal(formatVerifierKey(value(parsePrivateKey(`${peterSecret}\n`))), peterKey);
  for (let from = 0; from <= peterSecret.length; from += 1) {
    for (let to = from + 1; to <= peterSecret.length; to += 1) {
      if ((from > 0 || to < peterSecret.length) && parsePrivateKey(peterSecret.slice(from, to)).ok) t.fail(`${from} to ${to}`);
    }
  }
  const bytes = utf8(peterSecret);
  for (let at = 0; at < bytes.length; at += 1) if (parsePrivateKey(text(flip(bytes, at))).ok) t.fail(`byte ${at}`);
  t.notOk(parsePrivateKey(`${peterSecret}\n\n`).ok);
  t.notOk(parsePrivateKey(`${peterSecret}\r\n`).ok);
  t.notOk(parsePrivateKey(peterKey).ok);
  for (const type of ['ed25519', 'cosignature'] as const) {
    const key = generateKey('log.example/督办', type);
    const back = value(parsePrivateKey(formatPrivateKey(key)));
    t.strictSame([back.name, back.keyId, back.type, hex(back.publicKey)], [key.name, key.keyId, type, hex(key.publicKey)]);
    // PRIVATE+KEY+<name>+<hash>+<material>: base64 has plus signs of its own.
    const material = formatPrivateKey(key).trim().split('+').slice(4).join('+');
    t.equal(material.length, 44);
    t.notOk(JSON.stringify(key).includes(material));
  }
  t.throws(() => generateKey('a b', 'ed25519'), RangeError);
  t.not(generateKey('a', 'ed25519').keyId, generateKey('a', 'ed25519').keyId);
});

const ROOT = leafHash(utf8('root'));
const CHECKPOINT = { origin: 'example.com/log', size: 20_852_163, root: ROOT, extensions: [] };

await test('checkpoints', async (t) => {
  const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  const parsed = value(parseCheckpoint(example));
  t.strictSame([parsed.origin, parsed.size, parsed.extensions], ['example.com/behind-the-sofa', 20_852_163, []]);
  t.equal(formatCheckpoint(parsed), example);
  t.strictSame(value(parseCheckpoint(`${example}more\nand more\n`)).extensions, ['more', 'and more']);

  const root = base64(ROOT);
  const bad: readonly (readonly [string, string])[] = [
    ['', 'bad-checkpoint'],
    ['\n', 'bad-checkpoint'],
    ['log\n1\n', 'bad-checkpoint'],
    [`log\n1\n${root}`, 'bad-checkpoint'],
    [`\n1\n${root}\n`, 'bad-checkpoint'],
    [`log\n\n${root}\n`, 'bad-checkpoint'],
    [`log\n1\n${root}\n\n`, 'bad-checkpoint'],
    [`log\n1\n${root}\n\nmore\n`, 'bad-checkpoint'],
    [`log\n1\n${root}\nmore`, 'bad-checkpoint'],
    ...['01', '00', '+1', '-1', '1.0', '1e3', '0x1', ' 1', '1 ', '１', '1\r', 'one', '9007199254740992', '99999999999999999999'].map(
      (size) => [`log\n${size}\n${root}\n`, 'bad-checkpoint-size'] as const,
    ),
    ...[
      root.slice(0, -1),
      `${root}=`,
      ` ${root}`,
      `${root}\r`,
      base64(new Uint8Array(31)),
      base64(new Uint8Array(33)),
      hex(ROOT),
      `${root.slice(0, -2)}_=`,
    ].map((other) => [`log\n1\n${other}\n`, 'bad-checkpoint-root'] as const),
  ];
  for (const [body, reason] of bad) {
    const refused = parseCheckpoint(body);
    t.equal(refused.ok ? 'parsed' : refused.reason, reason, JSON.stringify(body));
  }
  t.equal(value(parseCheckpoint(`log\n0\n${root}\n`)).size, 0);
  t.equal(value(parseCheckpoint(`log\n9007199254740991\n${root}\n`)).size, Number.MAX_SAFE_INTEGER);

  for (const wrong of [
    { ...CHECKPOINT, origin: '' },
    { ...CHECKPOINT, origin: 'a\nb' },
    { ...CHECKPOINT, origin: 'a\u0000' },
    { ...CHECKPOINT, origin: '\ud800' },
    { ...CHECKPOINT, size: -1 },
    { ...CHECKPOINT, size: 2 ** 53 },
    { ...CHECKPOINT, root: ROOT.subarray(1) },
    { ...CHECKPOINT, extensions: [''] },
  ]) {
    t.throws(() => formatCheckpoint(wrong), RangeError);
  }
});

await test('every checkpoint and note written reads back', async (t) => {
  const key = generateKey('log.example', 'ed25519');
  const line = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((one) => utf8(one).every((byte) => byte >= 0x20));
  fc.assert(
    fc.property(
      line,
      fc.nat(),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.array(line, { maxLength: 3 }),
      (origin, size, root, extensions) => {
        const checkpoint = { origin, size, root, extensions };
        const note = formatNote(signNote({ text: formatCheckpoint(checkpoint), signatures: [] }, [noteSigner(key)]));
        const back = value(parseCheckpoint(value(openNote(note, [verifierOf(key)])).text));
        return (
          back.origin === origin &&
          back.size === size &&
          hex(back.root) === hex(root) &&
          back.extensions.join('\n') === extensions.join('\n')
        );
      },
    ),
    { numRuns: 100 },
  );
  t.pass();
});

await test('real cosignatures of public witnesses', async (t) => {
  const opened = value(openNote(utf8(real.note), [real.log, ...real.witnesses].map(verifier)));
  t.equal(opened.signatures.length, 5);
  t.equal(opened.unknown.length, 1, 'the RFC 6962 signature is of a type not known here');
  t.strictSame(
    opened.signatures.map(({ bytes }) => cosignatureTime(bytes)),
    [undefined, 1_779_573_024, 1_779_573_024, 1_779_573_024, 1_779_573_024],
  );
});

await test('cosignatures', async (t) => {
  const key = generateKey('witness.example/w1', 'cosignature');
  const body = formatCheckpoint({ ...CHECKPOINT, extensions: ['more'] });
  const signed = signText(body, cosigner(key, 1_679_315_147));
  const check = (message: string, bytes: Uint8Array): boolean => verifierOf(key).verify(utf8(message), bytes);
  t.ok(check(body, signed.bytes));
  t.equal(cosignatureTime(signed.bytes), 1_679_315_147);
  t.equal(signed.bytes.length, 72);
  t.equal(hex(signed.bytes.subarray(0, 8)), '00000000641850cb', 'the time, big-endian');

  for (let at = 0; at < signed.bytes.length; at += 1) if (check(body, flip(signed.bytes, at))) t.fail(`byte ${at}`);
  const bytes = utf8(body);
  for (let at = 0; at < bytes.length; at += 1)
    if (verifierOf(key).verify(flip(bytes, at), signed.bytes)) t.fail(`byte ${at} of the checkpoint`);
  t.notOk(check(body.replace('more\n', ''), signed.bytes), 'extension lines are signed');
  t.notOk(check(body, signed.bytes.subarray(1)), 'too short');
  t.notOk(check(body, concatBytes(signed.bytes, Uint8Array.of(0))), 'too long');

  const plain = signText(body, noteSigner(generateKey('witness.example/w1', 'ed25519')));
  t.notOk(check(body, plain.bytes), 'a signature over the note itself is no cosignature');
  t.equal(cosignatureTime(plain.bytes), undefined);
  for (const length of [0, 7, 8, 71]) t.equal(cosignatureTime(signed.bytes.subarray(0, length)), undefined, `${length} bytes`);
  t.equal(cosignatureTime(new Uint8Array(72)), undefined, 'no time');
  t.equal(cosignatureTime(new Uint8Array(72).fill(255)), undefined, 'a time past what a number holds');

  t.equal(cosignatureTime(signText(body, cosigner(key, 1)).bytes), 1);
  for (const time of [0, -1, 1.5, 2 ** 53, Number.NaN]) t.throws(() => signText(body, cosigner(key, time)), RangeError, `time ${time}`);
  t.throws(() => signText('no checkpoint\n', cosigner(key, 1)), RangeError);
  t.throws(() => cosigner(generateKey('w', 'ed25519'), 1), RangeError, 'a key says what it signs');
  t.throws(() => noteSigner(key), RangeError);
});

await test('strict encodings', async (t) => {
  for (const good of ['', 'AA==', 'AAA=', 'AAAA', '+/+/']) t.equal(encodeBase64(decodeBase64(good) ?? utf8('none')), good);
  for (const bad of [
    'A',
    'AA',
    'AAA',
    'AA=',
    'AA===',
    'AB==',
    'AAB=',
    '=',
    '====',
    'AA==AA==',
    '-_-_',
    'AA A',
    'AAAA\n',
    ' AAAA',
    'A\u0000AA',
    'ＡＡＡＡ',
  ]) {
    t.equal(decodeBase64(bad), undefined, JSON.stringify(bad));
  }
  t.strictSame([parseDecimal('0'), parseDecimal('10'), parseDecimal('9007199254740991')], [0, 10, Number.MAX_SAFE_INTEGER]);
  for (const bad of ['', '00', '01', '+0', '-0', '1.', '1e1', '0x0', '1_0', ' 1', '1\n', '٣', '9007199254740992', 'Infinity', 'NaN'])
    t.equal(parseDecimal(bad), undefined, JSON.stringify(bad));
  t.equal(decodeUtf8(utf8('\ufeff督')), '\ufeff督', 'a byte order mark is kept');
  for (const bad of ['ff', 'c080', 'eda080', 'e79d', 'f4908080'])
    t.equal(decodeUtf8(new Uint8Array(Buffer.from(bad, 'hex'))), undefined, bad);
  fc.assert(fc.property(fc.uint8Array(), (bytes) => hex(decodeBase64(encodeBase64(bytes)) ?? Uint8Array.of(1)) === hex(bytes)));
  t.equal(hex(unbase64(base64(ROOT))), hex(ROOT));
});
