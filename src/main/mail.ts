import { createMailer, smtpServer, type SendMail } from '../sending/mail.ts';
import type { Config } from './config.ts';

/** By what mail is sent, and the office's own address; undefined where no server is named. */
export const mailOf = ({
  smtpUrl,
  mailFrom,
  remindOffice,
}: Pick<Config, 'smtpUrl' | 'mailFrom' | 'remindOffice'>): { readonly send: SendMail; readonly office: string | undefined } | undefined => {
  const server = smtpUrl === undefined ? undefined : smtpServer(smtpUrl);
  return server === undefined || mailFrom === undefined ? undefined : { send: createMailer(server, mailFrom), office: remindOffice };
};
