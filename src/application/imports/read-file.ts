import type { DocumentReading, ReadItem } from '../../importer/document-reading.ts';
import { EMPTY_PROFILE } from '../../importer/profile.ts';
import type { ReadFile } from './reading.ts';

/** STAND-IN until the readers of files and documents are here: lines `1、text(unit、unit)`. */
export const readFile: ReadFile = async (bytes, _hint, profile) => {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('\0')) return { ok: false, problem: { code: 'file-unknown', detail: 'neither text nor a known file' } };
  const items: ReadItem[] = [];
  const lines: DocumentReading['lines'][number][] = [];
  const findings: DocumentReading['findings'][number][] = [];
  let title: string | null = null;
  let number: string | null = null;
  let date: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const address = `line ${index + 1}`;
    const [, n = '', said = '', units = ''] = /^(\d+)、(.+)[(（](.+)[)）]$/u.exec(line) ?? [];
    const dated = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/u.exec(line);
    if (n !== '') {
      items.push({
        number: n, text: said, kind: 'item', section: null, openList: false, leaders: [], deadline: null, milestones: [], measurements: [], extra: {}, address, children: [],
        assignees: units.split('、').map((name, at) => ({ role: at === 0 ? 'lead' : 'responsible', name, kind: name.startsWith('各') ? 'collective' : 'unit' })),
      }); // prettier-ignore
      lines.push({ address, text: line, use: 'item', item: n });
    } else if (title === null) {
      title = line;
      lines.push({ address, text: line, use: 'head' });
    } else if (/〔\d+〕\d+号$/u.test(line)) {
      number = line;
      lines.push({ address, text: line, use: 'head' });
    } else if (dated !== null) {
      date = `${dated[1]}-${dated[2]?.padStart(2, '0')}-${dated[3]?.padStart(2, '0')}`;
      lines.push({ address, text: line, use: 'head' });
    } else {
      lines.push({ address, text: line, use: 'unread' });
      findings.push({ n: findings.length + 1, kind: 'unread', address, detail: `not understood: ${line}`, blocks: true });
    }
  }
  const issuer = title?.split('关于')[0] ?? null;
  const reading: DocumentReading = {
    directive: { number, title, issuer, date },
    profile: profile ?? { ...EMPTY_PROFILE, name: issuer ?? '' },
    items,
    schedule: { printed: null, address: null, words: [], duties: [] },
    prose: [],
    findings,
    lines,
  };
  return { ok: true, mediaType: 'text/plain', encoding: 'utf-8', remarks: [], reading };
};
