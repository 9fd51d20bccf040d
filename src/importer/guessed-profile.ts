import type { Context } from './parts/context.ts';
import { defaultsIn, saysFirstLeads } from './parts/head-rules.ts';
import { sentencesOf } from './parts/schedule.ts';
import type { Profile } from './profile.ts';
import type { Line } from './shape/elements.ts';

/** As many as a profile may have. */
const MOST_DEFAULTS = 20;

/** The rules that the head sets for all items, where the profile does not say. */
export const guessedProfile = (profile: Profile, lines: readonly Line[], raise: Context['raise']): Profile => {
  let { firstListedLeads, defaultParties } = profile;
  for (const line of lines) {
    if (line.folded.length > 2000) continue;
    for (const { text } of sentencesOf(line)) {
      if (firstListedLeads === null && saysFirstLeads(text)) {
        firstListedLeads = true;
        raise('profile-guessed', line.address, `“${text}”: who is listed first is read as leading`, false);
      }
      if (profile.defaultParties.length > 0) continue;
      const said = new Set(defaultParties.map(({ role, name }) => `${role} ${name}`));
      const defaults = defaultsIn(text, profile).filter(({ role, name }) => !said.has(`${role} ${name}`));
      if (defaults.length === 0 || defaultParties.length + defaults.length > MOST_DEFAULTS) continue;
      defaultParties = [...defaultParties, ...defaults];
      raise('profile-guessed', line.address, `“${text}”: ${defaults.map(({ name }) => name).join(' and ')} are added to every item`, true);
    }
  }
  return { ...profile, firstListedLeads, defaultParties };
};
