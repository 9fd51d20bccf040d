import { readFileSync } from 'node:fs';
import { letterTemplate, type LetterTemplate } from '../application/notices/letter.ts';
import { CannotOpen } from './cannot-open.ts';

/**
 * The words of circulation notices, from the office's file.
 * @throws CannotOpen  it cannot be read, or asks for what is not there
 */
export const readNoticeTemplate = (path: string | undefined): LetterTemplate => {
  if (path === undefined) return letterTemplate();
  try {
    return letterTemplate(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CannotOpen(`NOTICE_TEMPLATE ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};
