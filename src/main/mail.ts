import { createMailer, smtpServer, type SendMail } from '../sending/mail.ts';
import type { Language } from '../messages/language.ts';
import type { Config } from './config.ts';

/** Mails are in Chinese, unless the service speaks another language. */
type Mail = { readonly send: SendMail; readonly office: string | undefined; readonly language: Language | undefined };

/** By what mail is sent, in which language, and the office's own address; undefined where no server is named. */
export const mailOf = ({
  smtpUrl,
  mailFrom,
  remindOffice,
  dubanLang: language,
}: Pick<Config, 'smtpUrl' | 'mailFrom' | 'remindOffice' | 'dubanLang'>): Mail | undefined => {
  const server = smtpUrl === undefined ? undefined : smtpServer(smtpUrl);
  return server === undefined || mailFrom === undefined
    ? undefined
    : { send: createMailer(server, mailFrom), office: remindOffice, language };
};
