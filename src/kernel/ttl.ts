import { ownValue } from './own-value.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `30m`, `8h`, `7d`, `90s`; undefined for anything else. */
export const parseTtl = (text: string): number | undefined => {
  const match = /^([1-9]\d{0,8})([smhd])$/u.exec(text);
  const unit = ownValue(SECONDS, match?.[2] ?? '');
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
};
