import { contactsStream } from '../../domain/personal/state.ts';
import { directiveStream, policyStream } from '../../domain/directives/state.ts';
import { reminderRulesStream } from '../../domain/reminders/state.ts';
import { returnStream } from '../../domain/returns/state.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { eventSaid, eventSubjectSaid } from '../../messages/named.ts';
import { inWords } from '../../messages/words.ts';
import type { Column, Language, Names, Sheet } from '../../publishing/sheets/sheet.ts';

/** Entries from papers, as a sheet: what was entered and what it is about, in words for people who read Chinese. */

type Entry = { readonly type: string; readonly subject: string };

const typeIn = (type: string, language: Language): string => inWords(eventSaid(type.replace(/\.v\d+$/u, '')), language);

/** What the stream is of: a task, unit or document by its name, anything else by its kind. */
const subjectIn = (stream: string, names: Names, language: Language): string => {
  const task = taskStream.idIn(stream);
  if (task !== undefined) return names.task(task);
  const directive = directiveStream.idIn(stream) ?? policyStream.idIn(stream) ?? reminderRulesStream.idIn(stream);
  if (directive !== undefined) return names.directive(directive);
  const unit = contactsStream.idIn(stream) ?? returnStream.idIn(stream)?.replace(/-\d{4}(?:-\w+)?$/u, '');
  if (unit !== undefined) return names.unit(unit);
  return inWords(eventSubjectSaid(stream.split('-')[0] ?? stream), language);
};

/** `listed`: with a column for each field, whose English heading is its name. */
export const backdatedSheet = <Item extends Entry>(listed: Sheet<Item>): Sheet<Item> => {
  const inWordsOf = (column: Column<Item>): Column<Item> => {
    const { en } = column.heading;
    if (en !== 'type' && en !== 'subject') return column;
    return {
      ...column,
      value: (entry, reader) => {
        const { language, names } = reader;
        if (names === undefined || language === 'en') return column.value(entry, reader);
        return en === 'type' ? typeIn(entry.type, language) : subjectIn(entry.subject, names, language);
      },
    };
  };
  return { ...listed, columns: listed.columns.map(inWordsOf) };
};
