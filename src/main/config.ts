import { asEsdb } from '../store/eventstoredb/connection.ts';
import { z } from 'zod';
import { LARGEST_SKEW, LONGEST_TTL } from '../http/token-claims.ts';
import { timeZone } from '../kernel/schema.ts';
import { parseTtl } from '../kernel/ttl.ts';
import { limitSettings, limitsOf, places, whole } from './limit-settings.ts';
import { smtpServer } from '../sending/mail.ts';
import type { Limits } from '../http/limits/limits.ts';
import { say, type Message } from '../messages/message.ts';
import { inEnglish } from '../messages/words.ts';
import { languageNamed, type Language } from '../messages/language.ts';
import { foundAgain, wording } from '../messages/standing.ts';

/** What the environment sets (docs/operations.md, "Settings"): read once, at the start, and nowhere else. */

/** Seconds. */
const time = (most: number, message: string) =>
  z.string().transform((text, context) => {
    const seconds = parseTtl(text);
    if (seconds !== undefined && seconds <= most) return seconds;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const isUrl = (text: string): boolean => /^https?:\/\//u.test(text);

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  /** 0 takes any free port. */
  PORT: whole(0, 65_535, wording('setting.port')).default(3000),
  DATA_DIR: z.string().default('./data'),
  SEED: z.enum(['notice', 'none'], wording('setting.seed')).default('notice'),
  EVENTSTORE_URL: z
    .string()
    .regex(/^(?:esdb|kurrentdb|kurrent|kdb)(?:\+discover)?:\/\/\S+$/u, wording('setting.eventstore-url'))
    .optional(),
  /** A file, or a URL. */
  AUTH_JWKS: z
    .string()
    .refine((text) => !isUrl(text) || URL.canParse(text), wording('setting.file-or-url'))
    .optional(),
  /** The issuer whose tokens are believed. */
  AUTH_ISSUER: z
    .string()
    .max(1000, wording('setting.at-most-characters', { n: 1000 }))
    .optional(),
  /** What a token must be meant for. */
  AUTH_AUDIENCE: z
    .string()
    .max(1000, wording('setting.at-most-characters', { n: 1000 }))
    .optional(),
  /** For how long a token may be good. */
  AUTH_MAX_TTL: time(LONGEST_TTL, wording('setting.max-ttl')).optional(),
  /** By how much an issuer's clock may be ahead. */
  AUTH_CLOCK_SKEW: time(LARGEST_SKEW, wording('setting.clock-skew')).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], wording('setting.log-level')).default('info'),
  TIME_ZONE: timeZone.default('Asia/Shanghai'),
  /** The name under which the ledger signs, a URL without its scheme; fixed at the first start. */
  LEDGER_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/u, wording('setting.origin'))
    .optional(),
  /** A file with the key that signs checkpoints. */
  LEDGER_KEY: z.string().optional(),
  /** A file that names the witnesses and their quorum (C2SP tlog-policy). */
  LEDGER_POLICY: z.string().optional(),
  /** A signed checkpoint kept elsewhere, or a directory of them: nothing is signed that does not agree with it. */
  LEDGER_REMEMBERED: z.string().optional(),
  /** A time-stamping authority (RFC 3161): an http(s) address, or a command that gets the files of query and reply as $1 and $2. */
  LEDGER_TSA: z.string().optional(),
  /** In which language people are told things, where they name none themselves. */
  DUBAN_LANG: z
    .string()
    .refine((tag) => languageNamed(tag) !== undefined, wording('main.language-must'))
    .transform((tag) => languageNamed(tag) ?? 'en')
    .optional(),
  /** A file with the words of circulation notices (docs/office.md). */
  NOTICE_TEMPLATE: z.string().optional(),
  /** The server by which reminders are mailed. */
  SMTP_URL: z
    .string()
    .refine((text) => smtpServer(text) !== undefined, wording('setting.smtp-url'))
    .optional(),
  /** The sender of them. */
  MAIL_FROM: z.email(wording('setting.mail-from')).optional(),
  /** How often is looked for reminders that are due. */
  REMIND_EVERY: time(86_400, wording('setting.remind-every'))
    .refine((seconds) => seconds > 0, wording('setting.remind-every'))
    .optional(),
  /** The office's own address, for what it is reminded of itself. */
  REMIND_OFFICE: z.email(wording('setting.remind-office')).optional(),
  /** Where webhooks may go although it is not public, by http too: hosts, addresses, networks. */
  WEBHOOK_ALLOW: places.optional(),
  /** Bytes. */
  BODY_LIMIT: whole(1024, 64 * 1024 * 1024, wording('setting.body-limit')).optional(),
  ...limitSettings,
});

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(environment.shape);

export type Config = {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly seed: 'notice' | 'none';
  /** Undefined: the embedded store. */
  readonly eventStoreUrl: string | undefined;
  /** Undefined: the local key. */
  readonly authJwks: string | undefined;
  /** Undefined: whichever, or none. */
  readonly authIssuer: string | undefined;
  readonly authAudience: string | undefined;
  /** Seconds; undefined: the default of who signs. */
  readonly authMaxTtl: number | undefined;
  /** Seconds; undefined: the default. */
  readonly authClockSkew: number | undefined;
  readonly logLevel: string;
  readonly timeZone: string;
  /** Undefined: English. */
  readonly dubanLang: Language | undefined;
  /** Undefined: a name of its own. */
  readonly ledgerOrigin: string | undefined;
  /** Undefined: the local key. */
  readonly ledgerKey: string | undefined;
  /** Undefined: no witnesses. */
  readonly ledgerPolicy: string | undefined;
  readonly ledgerRemembered: string | undefined;
  /** Undefined: checkpoints are not time-stamped. */
  readonly ledgerTsa: string | undefined;
  /** Undefined: the built-in words. */
  readonly noticeTemplate: string | undefined;
  /** Undefined: no mail is sent. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** Seconds; undefined: every five minutes where mail can be sent. */
  readonly remindEvery: number | undefined;
  readonly remindOffice: string | undefined;
  /** Undefined: nowhere. */
  readonly webhookAllow: readonly string[] | undefined;
  /** Bytes; undefined: the default of the HTTP kit. */
  readonly bodyLimit: number | undefined;
  readonly limits: Limits;
};

/** Names every variable at fault. */
export class ConfigError extends Error {
  readonly faults: readonly Message[];
  constructor(faults: readonly Message[]) {
    super(faults.map(inEnglish).join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** An empty variable is one that is not set: that is what `PORT= npm start` and compose files mean by it. */
const setOnly = (env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));

/** @throws ConfigError */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const result = environment.safeParse(setOnly(env));
  if (!result.success)
    throw new ConfigError(
      result.error.issues.map(({ path, message }) => say('setting.fault', { name: path.join('.'), fault: foundAgain(message) })),
    );
  if (result.data.SMTP_URL !== undefined && result.data.MAIL_FROM === undefined)
    throw new ConfigError([say('setting.mail-from-is-required')]);
  const {
    HOST,
    PORT,
    DATA_DIR,
    SEED,
    EVENTSTORE_URL,
    AUTH_JWKS,
    AUTH_ISSUER,
    AUTH_AUDIENCE,
    AUTH_MAX_TTL,
    AUTH_CLOCK_SKEW,
    LOG_LEVEL,
    TIME_ZONE,
    LEDGER_ORIGIN,
    LEDGER_KEY,
    LEDGER_POLICY,
    LEDGER_REMEMBERED,
    LEDGER_TSA,
    DUBAN_LANG,
    NOTICE_TEMPLATE,
    SMTP_URL,
    MAIL_FROM,
    REMIND_EVERY,
    REMIND_OFFICE,
    WEBHOOK_ALLOW,
    BODY_LIMIT,
    ...limits
  } = result.data;
  return {
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    seed: SEED,
    eventStoreUrl: EVENTSTORE_URL === undefined ? undefined : asEsdb(EVENTSTORE_URL),
    authJwks: AUTH_JWKS,
    authIssuer: AUTH_ISSUER,
    authAudience: AUTH_AUDIENCE,
    authMaxTtl: AUTH_MAX_TTL,
    authClockSkew: AUTH_CLOCK_SKEW,
    logLevel: LOG_LEVEL,
    timeZone: TIME_ZONE,
    dubanLang: DUBAN_LANG,
    ledgerOrigin: LEDGER_ORIGIN,
    ledgerKey: LEDGER_KEY,
    ledgerPolicy: LEDGER_POLICY,
    ledgerRemembered: LEDGER_REMEMBERED,
    ledgerTsa: LEDGER_TSA,
    noticeTemplate: NOTICE_TEMPLATE,
    smtpUrl: SMTP_URL,
    mailFrom: MAIL_FROM,
    remindEvery: REMIND_EVERY,
    remindOffice: REMIND_OFFICE,
    webhookAllow: WEBHOOK_ALLOW,
    bodyLimit: BODY_LIMIT,
    limits: limitsOf(limits),
  };
};
