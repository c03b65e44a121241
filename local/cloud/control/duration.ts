import { z } from 'zod';

const iso = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration made of days, hours, minutes and seconds; undefined if it is not one. */
export const parseDuration = (text: string): number | undefined => {
  const match = iso.exec(text);
  if (!match || text === 'P') return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
};

/** Seconds, or an ISO 8601 duration; milliseconds when parsed. */
export const duration = z.union([z.number(), z.string()]).transform((value, context) => {
  const ms = /^\d+(\.\d+)?$/.test(String(value)) ? Number(value) * 1000 : parseDuration(String(value));
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: `'${value}' is neither seconds nor a duration such as PT10M` });
  return z.NEVER;
});
