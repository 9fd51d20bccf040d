import { assert, property, string } from 'fast-check';
import { test } from 'tap';
import { distance, meant, nearest } from '../../src/kernel/nearest.ts';

await test('how far two texts are apart', async (t) => {
  t.equal(distance('kitten', 'sitting'), 3);
  t.equal(distance('', '督办'), 2);
  t.equal(distance('督𠀀办', '督办'), 1, 'by characters, not by UTF-16');
  const text = string({ maxLength: 12 });
  assert(property(text, text, (a, b) => distance(a, b) === distance(b, a) && (distance(a, b) === 0) === (a === b)));
  assert(property(text, text, text, (a, b, c) => distance(a, c) <= distance(a, b) + distance(b, c)));
});

await test('the nearest is the one of the fewest changes, the first of several', async (t) => {
  t.equal(nearest('shi-ke-ji', ['shi-cai-zheng-ju', 'shi-ke-ji-ju', 'shi-ke-ji-ke']), 'shi-ke-ji-ju');
  t.equal(nearest('x', []), undefined);
});

await test('what is nearest may have been meant only where few letters are wrong', async (t) => {
  const commands = ['serve', 'import', 'token', 'rebuild', 'demo', 'setup-eventstore'];
  for (const [text, like] of Object.entries({
    serv: 'serve',
    sevre: 'serve',
    tokn: 'token',
    dmeo: undefined,
    'setup-evenstor': 'setup-eventstore',
  }))
    t.equal(meant(text, commands), like, text);
  for (const text of ['frob', 'x', 'run', '', 'a-word-of-which-none-is-like', '督办']) t.equal(meant(text, commands), undefined, text);
  const text = string({ maxLength: 12 });
  assert(
    property(text, text, (a, b) => {
      const found = meant(a, [b]);
      return found === undefined || 2 * distance(a, b) < Math.max(a.length, b.length);
    }),
  );
});
