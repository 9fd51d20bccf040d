import type { Context } from './parts/context.ts';
import { defaultsIn, saysFirstLeads } from './parts/head-rules.ts';
import { namesOf } from './parts/names.ts';
import { sentencesOf } from './parts/schedule.ts';
import type { Profile } from './profile.ts';
import type { Line } from './shape/elements.ts';
import { say } from '../messages/message.ts';

/** As many as a profile may have. */
const MOST_DEFAULTS = 20;

/** 乙方:青石镇人民政府: the second party of a contract is to do all of it. */
const CONTRACTOR = /^\s*乙\s*方(?:\([^()]{1,12}\))?:(.{2,40})$/u;
const contractorOf = (line: Line, profile: Profile): Profile['defaultParties'] => {
  const { tokens } = namesOf(CONTRACTOR.exec(line.folded)?.[1] ?? '', profile);
  return tokens.flatMap((token) =>
    token.kind === 'unit' && token.doubt === null ? [{ role: 'responsible' as const, name: token.text, except: [] }] : [],
  );
};

/** Where every item is one party's, nothing but its number tells an item: the style that most lines have. */
const commonStyle = (lines: readonly Line[]): string | null => {
  const counts = Map.groupBy(
    lines.flatMap(({ marker }) => (marker === null || marker.style === '•' ? [] : [marker.style])),
    (style) => style,
  );
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
};

/** The rules that the head sets for all items, where the profile does not say. */
export const guessedProfile = (profile: Profile, lines: readonly Line[], raise: Context['raise']): Profile => {
  let { firstListedLeads, defaultParties, itemMarker } = profile;
  for (const line of lines) {
    if (line.folded.length > 2000) continue;
    const contractors = profile.defaultParties.length > 0 ? [] : contractorOf(line, profile);
    if (contractors.length > 0 && defaultParties.length + contractors.length <= MOST_DEFAULTS) {
      defaultParties = [...defaultParties, ...contractors];
      itemMarker ??= commonStyle(lines);
      raise('profile-guessed', line.address, say('finding.every-item-is-read-as-that-party', { text: line.text.trim() }), true);
    }
    for (const { text } of sentencesOf(line)) {
      if (firstListedLeads === null && saysFirstLeads(text)) {
        firstListedLeads = true;
        raise('profile-guessed', line.address, say('finding.who-is-listed-first-is-read-as', { text }), false);
      }
      if (profile.defaultParties.length > 0) continue;
      const said = new Set(defaultParties.map(({ role, name }) => `${role} ${name}`));
      const defaults = defaultsIn(text, profile).filter(({ role, name }) => !said.has(`${role} ${name}`));
      if (defaults.length === 0 || defaultParties.length + defaults.length > MOST_DEFAULTS) continue;
      defaultParties = [...defaultParties, ...defaults];
      raise(
        'profile-guessed',
        line.address,
        say('finding.are-added-to-every-item', { text, defaults: defaults.map(({ name }) => name).join(' and ') }),
        true,
      );
    }
  }
  return { ...profile, firstListedLeads, defaultParties, itemMarker };
};
