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

/** Whether the text is an NCRONTAB expression of six fields. */
export const isSchedule = (text: string): boolean => {
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === FIELDS.length &&
    FIELDS.every((field, index) => fields[index]?.split(',').every((entry) => isEntry(entry, field)))
  );
};
