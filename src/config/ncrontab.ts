const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type Field = { readonly from: number; readonly to: number; readonly names: readonly string[] };

/** Second, minute, hour, day, month, day of the week (0 is Sunday), as the timer trigger of Azure Functions has them. */
const FIELDS: readonly Field[] = [
  { from: 0, to: 59, names: [] },
  { from: 0, to: 59, names: [] },
  { from: 0, to: 23, names: [] },
  { from: 1, to: 31, names: [] },
  { from: 1, to: 12, names: MONTHS },
  { from: 0, to: 6, names: DAYS },
];

const numberOf = (text: string, { from, names }: Field): number => {
  const name = names.indexOf(text.toUpperCase());
  if (name >= 0) return from + name;
  return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
};

const isRange = (text: string, field: Field): boolean => {
  if (text === '*') return true;
  const values = text.split('-').map((end) => numberOf(end, field));
  const [first = Number.NaN, last = first] = values;
  return values.length <= 2 && first >= field.from && first <= last && last <= field.to;
};

const isEntry = (text: string, field: Field): boolean => {
  const [range = '', step, ...more] = text.split('/');
  return more.length === 0 && isRange(range, field) && (step === undefined || /^[1-9]\d?$/.test(step));
};

const isIn = (text: string, field: Field, value: number): boolean => {
  const [range = '', step = '1'] = text.split('/');
  const [first = field.from, last] = range === '*' ? [] : range.split('-').map((end) => numberOf(end, field));
  const end = last ?? (range === '*' || text.includes('/') ? field.to : first);
  return first <= value && value <= end && (value - first) % Number(step) === 0;
};

const isDue = (fields: readonly string[], instant: Date): boolean => {
  const values = [
    ...[instant.getUTCSeconds(), instant.getUTCMinutes(), instant.getUTCHours()],
    ...[instant.getUTCDate(), instant.getUTCMonth() + 1, instant.getUTCDay()],
  ];
  return FIELDS.every((field, index) =>
    fields[index]?.split(',').some((entry) => isIn(entry, field, values[index] ?? Number.NaN)),
  );
};

const HOUR_S = 3_600;

/** The first second after this instant at which the schedule comes due, in UTC; an hour later where that is not sooner. */
export const dueAfter = (schedule: string, after: Date): Date => {
  const fields = schedule.trim().split(/\s+/);
  const second = Math.floor(after.getTime() / 1_000);
  const seconds = Array.from({ length: HOUR_S }, (_, ahead) => new Date((second + ahead + 1) * 1_000));
  return seconds.find((instant) => isDue(fields, instant)) ?? new Date(after.getTime() + HOUR_S * 1_000);
};

/** Whether the text is an NCRONTAB expression of six fields. */
export const isSchedule = (text: string): boolean => {
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === FIELDS.length &&
    FIELDS.every((field, index) => fields[index]?.split(',').every((entry) => isEntry(entry, field)))
  );
};
