import { nameOn } from '../../domain/compliance/facts.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import type { Services } from '../../application/services.ts';
import { taskLabels } from '../../application/tasks/task-label.ts';
import type { FileCall, FileFormats } from '../../http/files.ts';
import { scopeOf, unitOf } from '../../http/principal.ts';
import { momentOf } from '../../http/time-travel.ts';
import { letterHtml } from '../../publishing/letters/html.ts';
import { inspectionLetter, type InspectionFacts } from '../../publishing/letters/inspection.ts';
import type { Letter } from '../../publishing/letters/letter.ts';
import { wordsDigest } from '../../publishing/letters/words.ts';
import { say } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';

/** An inspection's conclusion as a letter: written from what its reader is shown as JSON, so a unit's copy is about itself. */

type Shown = Omit<InspectionFacts, 'directive' | 'tasks' | 'isExtract'> & {
  readonly id: string;
  readonly directive: string;
  readonly tasks: readonly string[];
};

export const inspectionFiles = (services: Services): FileFormats<Shown> => {
  const { knowledge, sightOf } = services;
  const letterFor = (inspection: Shown, { principal, about }: FileCall): Letter => {
    const { position } = about;
    const heading = knowledge.directive(inspection.directive, position);
    if (heading === undefined) throw new Error(`an inspection names the directive ${inspection.directive}, unknown at @${position}`);
    const moment = momentOf(about);
    const roster = rosterAt(knowledge.roster(position), moment);
    const nameOf = (unit: string): string => nameOn(roster, unit, moment.day());
    const labelOf = taskLabels(services, position, moment);
    const { mayRead } = sightOf(scopeOf(principal), position);
    const { conclusion } = inspection;
    return inspectionLetter({
      title: inspection.title,
      directive: { title: heading.title, number: heading.number, issuer: heading.issuer },
      team: inspection.team,
      units: inspection.units.map(nameOf),
      tasks: inspection.tasks.length,
      openedOn: inspection.openedOn,
      conclusion: conclusion && { ...conclusion, deliveredTo: conclusion.deliveredTo.map(nameOf) },
      findings: inspection.findings.map(({ n, unit, task, text }) => ({
        n,
        unit: nameOf(unit),
        task: task !== null && mayRead(task) ? labelOf(task) : null,
        text,
      })),
      rectifications: inspection.rectifications.map((ordered) => ({ ...ordered, unit: nameOf(ordered.unit) })),
      isExtract: unitOf(principal) !== undefined,
    });
  };
  const fileName = ({ id, title }: Shown, kind: string, language: 'en' | 'zh'): string =>
    `${inWords(say('api.inspections.letter-file', { what: language === 'en' ? id : title }), language)}.${kind}`;
  return {
    docx: {
      write: async (inspection, call) => {
        const letter = letterFor(inspection, call);
        const { letterDocx } = await import('../../publishing/letters/docx.ts'); // loaded when it is wanted: few requests do
        return { bytes: await letterDocx(letter), content: wordsDigest(letter) };
      },
      fileName: (inspection, _, language) => fileName(inspection, 'docx', language),
    },
    html: {
      write: (inspection, call) => ({ bytes: letterHtml(letterFor(inspection, call)) }),
      fileName: (inspection, _, language) => fileName(inspection, 'html', language),
      inline: true,
    },
  };
};
