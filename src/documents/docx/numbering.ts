import { childOf, childrenOf, isOn, parseXml, type XmlElement } from '../xml.ts';
import { formOf } from '../number-forms.ts';

/** The numbers that a word processor counts and does not write into the text (ECMA-376 part 1, 17.9). */

type Level = {
  readonly start: number;
  readonly format: string;
  /** `%1.%2` */
  readonly text: string;
  /** The level whose number begins this one anew; null: each level above. */
  readonly restart: number | null;
  readonly isLegal: boolean;
  readonly style: string | undefined;
};
type Abstract = { readonly id: string; readonly levels: ReadonlyMap<number, Level> };
type List = { readonly abstract: Abstract; readonly levels: ReadonlyMap<number, Level>; readonly starts: ReadonlyMap<number, number> };

export type Numbering = {
  /** The next number of a list at a level, as shown: `（一）`; null where it counts nothing, as bullets do. */
  readonly next: (list: string, level: number) => string | null;
  /** The level of a list that belongs to a paragraph style. */
  readonly levelOfStyle: (list: string, style: string) => number | undefined;
};

const LEVELS = 9;

const valueOf = (element: XmlElement | undefined, name: string): string | undefined => childOf(element, name)?.attributes['val'];
const numberOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,6}$/u.test(value) ? Number(value) : undefined;

/** Word 2010 and later put the forms that older ones lack into the second half of an alternative. */
const formatOf = (level: XmlElement): string => {
  const direct = childOf(level, 'numFmt');
  const chosen = direct ?? childOf(childOf(childOf(level, 'AlternateContent'), 'Fallback'), 'numFmt');
  return chosen?.attributes['val'] ?? 'decimal';
};

const levelsOf = (element: XmlElement): ReadonlyMap<number, Level> =>
  new Map(
    childrenOf(element, 'lvl').map((level) => [
      Number(level.attributes['ilvl']),
      {
        start: numberOf(valueOf(level, 'start')) ?? 0,
        format: formatOf(level),
        text: (valueOf(level, 'lvlText') ?? '').slice(0, 100),
        restart: numberOf(valueOf(level, 'lvlRestart')) ?? null,
        isLegal: isOn(childOf(level, 'isLgl') === undefined ? undefined : (valueOf(level, 'isLgl') ?? '1')),
        style: valueOf(level, 'pStyle'),
      },
    ]),
  );

const listsOf = (root: XmlElement): ReadonlyMap<string, List> => {
  const drawn = childrenOf(root, 'abstractNum');
  const byStyle = new Map(drawn.map((each) => [valueOf(each, 'styleLink'), each]));
  const abstracts = new Map(
    drawn.map((each) => {
      const linked = valueOf(each, 'numStyleLink');
      const source = linked === undefined ? each : (byStyle.get(linked) ?? each);
      return [each.attributes['abstractNumId'] ?? '', { id: source.attributes['abstractNumId'] ?? '', levels: levelsOf(source) }] as const;
    }),
  );
  return new Map(
    childrenOf(root, 'num').flatMap((num): readonly (readonly [string, List])[] => {
      const abstract = abstracts.get(valueOf(num, 'abstractNumId') ?? '');
      if (abstract === undefined) return [];
      const overrides = childrenOf(num, 'lvlOverride');
      const starts = overrides.flatMap((each): readonly (readonly [number, number])[] => {
        const start = numberOf(valueOf(each, 'startOverride'));
        return start === undefined ? [] : [[Number(each.attributes['ilvl']), start]];
      });
      const own = overrides.flatMap((each) => [...levelsOf(each)]);
      return [[num.attributes['numId'] ?? '', { abstract, levels: new Map([...abstract.levels, ...own]), starts: new Map(starts) }]];
    }),
  );
};

/** A new count for each reading: what `next` answers depends on what was asked before. */
export const readNumbering = (bytes: Uint8Array | undefined, part: string): Numbering => {
  const lists = bytes === undefined ? new Map<string, List>() : listsOf(parseXml(bytes, part));
  /** By abstract list: lists that share it go on counting where the other ended. */
  const counts = new Map<string, (number | undefined)[]>();
  const begun = new Set<string>();

  const advance = (id: string, { abstract, levels, starts }: List, level: number): readonly (number | undefined)[] => {
    const values = counts.get(abstract.id) ?? [];
    counts.set(abstract.id, values);
    const startsAnew = starts.has(level) && !begun.has(`${id} ${level}`);
    begun.add(`${id} ${level}`);
    const start = starts.get(level) ?? levels.get(level)?.start ?? 1;
    const before = values[level];
    values[level] = before === undefined || startsAnew ? start : before + 1;
    for (let below = level + 1; below < LEVELS; below += 1) {
      const restart = levels.get(below)?.restart ?? null;
      if (restart === null || (restart > 0 && level < restart)) values[below] = undefined;
    }
    return values;
  };

  return {
    next: (id, level) => {
      const list = lists.get(id);
      const shown = list?.levels.get(level);
      if (list === undefined || shown === undefined || !(level >= 0 && level < LEVELS)) return null;
      const values = advance(id, list, level);
      if (shown.format === 'bullet') return null;
      const text = shown.text.replaceAll(/%([1-9])/gu, (_, figure: string) => {
        const at = Number(figure) - 1;
        const format = shown.isLegal ? 'decimal' : (list.levels.get(at)?.format ?? 'decimal');
        return formOf(format)(values[at] ?? list.levels.get(at)?.start ?? 1);
      });
      return text.trim() === '' ? null : text.trim();
    },
    levelOfStyle: (id, style) => [...(lists.get(id)?.levels ?? [])].find(([, level]) => level.style === style)?.[0],
  };
};
