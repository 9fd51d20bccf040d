import * as fc from 'fast-check';

/** Characters that are easily got wrong: combining, composed, halves of pairs, NUL, and what pointers escape. */
const character = fc.constantFrom('a', '三', '\u0301', '\u00e9', 'e', '😀', '\ud83d', '\udc00', '\0', '/', '~', '"', '\\', '\u2028');
const text = fc.string({ unit: character, maxLength: 6 });

/** JSON values, clean and unclean. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -1, 2 ** 53 - 1, 2 ** 53, 0.5),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;
