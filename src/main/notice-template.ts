import { letterTemplate, type LetterTemplate } from '../application/notices/letter.ts';
import { PlaceUnusable, readGivenFile } from '../store/places.ts';
import { CannotOpen } from './cannot-open.ts';
import { say } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/**
 * The words of circulation notices, from the office's file.
 * @throws PlaceUnusable  it cannot be read
 * @throws CannotOpen  it asks for what is not there
 */
export const readNoticeTemplate = (path: string | undefined): LetterTemplate => {
  if (path === undefined) return letterTemplate();
  try {
    return letterTemplate(readGivenFile(path).toString('utf8'));
  } catch (error) {
    if (error instanceof PlaceUnusable) throw error;
    throw new CannotOpen(say('cli.template-cannot-be-used', { path, why: toldBy(error) }), {
      cause: error,
    });
  }
};
