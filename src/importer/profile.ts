/** How one office writes its documents; a part of what is recorded of an import, so its shape stands with the events. */
export { EMPTY_PROFILE, profileSchema, type Profile } from '../domain/directives/profile.ts';
