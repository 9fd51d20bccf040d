import type { NoticeDoc } from '../../../projections/publications.ts';
import type { FileCall, FileContent, FileFormats } from '../../http/files.ts';
import { notFound, problem } from '../../http/problem.ts';
import { unitOf } from '../../http/principal.ts';
import { letterOf } from '../../application/notices/letter.ts';
import type { Services } from '../../application/services.ts';
import { letterHtml } from '../../publishing/letters/html.ts';
import type { Letter } from '../../publishing/letters/letter.ts';
import { wordsDigest } from '../../publishing/letters/words.ts';
import { say } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';
import { noticeTable } from './notice.ts';

/**
 * A circulation notice as a letter. The office and who audits it get the file that was issued, byte for byte; a unit gets
 * an extract, with what is said of itself.
 */

type Shown = Pick<
  NoticeDoc,
  'id' | 'status' | 'document' | 'lines' | 'title' | 'number' | 'issuedOn' | 'issuedAt' | 'directive' | 'period' | 'position'
> & { readonly snapshot: string | null };

const issuedBytes = async ({ attachments }: Services, sha256: string): Promise<FileContent> => {
  const found = await attachments.get(sha256);
  if (found === undefined) throw notFound(say('api.notices.letter-as-issued-not-kept-here'));
  if (found === 'damaged') throw problem('attachment-damaged', say('api.notices.stored-bytes-no-longer-have-this', { sha256 }));
  return { bytes: new Uint8Array(await new Response(found.open()).arrayBuffer()), content: sha256 };
};

export const letterFiles = (services: Services): FileFormats<Shown> => {
  /** A unit is shown neither the snapshot nor what is said of others; the sums of its extract come from them all the same. */
  const letterFor = (notice: Shown, { principal }: FileCall): Letter => {
    const { id, snapshot, lines } = notice;
    const whole = services.views.one(noticeTable, { notice: id }, services.views.position())?.doc;
    const told = { ...notice, snapshot: snapshot ?? whole?.snapshot ?? '', lines: whole?.lines ?? lines };
    return letterOf(services, services.letterTemplate, told, unitOf(principal) === undefined ? null : lines.map(({ name }) => name));
  };
  const fileName = ({ id, number }: Shown, kind: string, language: 'en' | 'zh'): string =>
    `${inWords(say('api.notices.letter-file', { what: language === 'en' ? id : (number ?? say('api.notices.draft')) }), language)}.${kind}`;
  return {
    docx: {
      write: async (notice, call) => {
        if (notice.document !== null && unitOf(call.principal) === undefined) return issuedBytes(services, notice.document.sha256);
        const letter = letterFor(notice, call);
        const { letterDocx } = await import('../../publishing/letters/docx.ts'); // loaded when it is wanted: few requests do
        return { bytes: await letterDocx(letter), content: wordsDigest(letter) };
      },
      fileName: (notice, _, language) => fileName(notice, 'docx', language),
    },
    html: {
      write: (notice, call) => ({ bytes: letterHtml(letterFor(notice, call)) }),
      fileName: (notice, _, language) => fileName(notice, 'html', language),
      inline: true,
    },
  };
};
