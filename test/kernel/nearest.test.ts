import { assert, property, string } from 'fast-check';
import { test } from 'tap';
import { distance, nearest } from '../../src/kernel/nearest.ts';

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
