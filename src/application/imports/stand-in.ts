import type { Source } from '../../documents/source.ts';
import type { DocumentReading, ReadItem } from '../../importer/document-reading.ts';
import { EMPTY_PROFILE, type Profile } from '../../importer/profile.ts';

/** Stands in for the reader of documents until it is here: reads lines `1、text(unit、unit)`. */
export const readDocument = (source: Source, profile: Profile | null): DocumentReading => {
  const items: ReadItem[] = [];
  const lines: DocumentReading['lines'][number][] = [];
  const findings: DocumentReading['findings'][number][] = [];
  const head: { title: string | null; number: string | null; date: string | null } = { title: null, number: null, date: null };
  for (const block of source.blocks) {
    const { address } = block;
    const text = block.kind === 'line' ? block.text : block.cells.map((cell) => cell.text).join(' ');
    const [, number = '', said = '', units = ''] = /^(\d+)、(.+)[(（](.+)[)）]。?$/u.exec(text) ?? [];
    const dated = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/u.exec(text);
    if (number !== '') {
      const names = units.split('、');
      const assignees = names.map((name, index): ReadItem['assignees'][number] => ({
        role: index === 0 ? 'lead' : 'responsible',
        name,
        kind: name.startsWith('各') ? 'collective' : 'unit',
      }));
      const none = {
        section: null,
        openList: false,
        leaders: [],
        deadline: null,
        milestones: [],
        measurements: [],
        extra: {},
        children: [],
      };
      items.push({ number, text: said, kind: 'item', assignees, address, ...none });
      lines.push({ address, text, use: 'item', item: number });
      continue;
    }
    if (head.title === null) head.title = text;
    else if (/〔\d+〕\d+号$/u.test(text)) head.number = text;
    else if (dated !== null) head.date = `${dated[1]}-${dated[2]?.padStart(2, '0')}-${dated[3]?.padStart(2, '0')}`;
    else {
      lines.push({ address, text, use: 'unread' });
      findings.push({ n: findings.length + 1, kind: 'unread', address, detail: `not understood: ${text}`, blocks: true });
      continue;
    }
    lines.push({ address, text, use: 'head' });
  }
  const issuer = head.title?.split('关于')[0] ?? null;
  return {
    directive: { ...head, issuer },
    profile: profile ?? { ...EMPTY_PROFILE, name: (issuer ?? '').slice(0, 120) },
    items,
    schedule: { printed: null, address: null, words: [], duties: [] },
    prose: [],
    findings,
    lines,
  };
};
