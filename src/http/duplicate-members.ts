/**
 * The first member name that stands twice in one object, as a JSON Pointer; undefined where there is none.
 *
 * `JSON.parse` keeps the last of two members without a word, other readers the first (RFC 8259 §4: "unpredictable"),
 * so what a sender and a proxy read would not be what is recorded. `text` must be valid JSON already: then a string
 * is a name exactly where an object expects one, and nothing else needs to be understood.
 */
export const duplicateMember = (text: string): string | undefined => {
  const open: Frame[] = [];
  let frame: Frame | undefined;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_BRACE:
        frame = { names: new Set(), expectsName: true, place: '' };
        open.push(frame);
        break;
      case OPEN_BRACKET:
        frame = { names: undefined, expectsName: false, place: 0 };
        open.push(frame);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        open.pop();
        frame = open.at(-1);
        break;
      case COMMA:
        if (typeof frame?.place === 'number') frame.place += 1;
        else if (frame !== undefined) frame.expectsName = true;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (frame?.expectsName === true) {
          const name = nameBetween(text, at, end);
          frame.expectsName = false;
          frame.place = name;
          if (frame.names?.has(name) === true) return pointerTo(open);
          frame.names?.add(name);
        }
        at = end;
        break;
      }
      default:
    }
  }
  return undefined;
};

/** An object or array that is open: `place` is the member or index reached in it. */
type Frame = { readonly names: Set<string> | undefined; expectsName: boolean; place: string | number };

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The index of the closing quote: the first that an even number of backslashes precedes. */
const endOfString = (text: string, start: number): number => {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
};

/** "a" and "\u0061" are one name. */
const nameBetween = (text: string, start: number, end: number): string => {
  const raw = text.slice(start + 1, end);
  // The cast is safe: what stands between the quotes of valid JSON parses to a string.
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end + 1)) as string) : raw;
};

const pointerTo = (open: readonly Frame[]): string =>
  open.map(({ place }) => `/${String(place).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
