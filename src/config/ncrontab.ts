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

const DAY_MS = 86_400_000;

/** A schedule that is not due on any day of five years is never due, for example on the 31st of February. */
const DAYS_AHEAD = 5 * 366;

/** The values of a field at which the schedule is due, in order. */
const valuesOf = (text: string, field: Field): readonly number[] =>
  Array.from({ length: field.to - field.from + 1 }, (_, at) => field.from + at).filter((value) =>
    text.split(',').some((entry) => isIn(entry, field, value)),
  );

/** How many days of its month come after this day. */
const daysLeft = (day: Date): number => {
  const last = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0);
  return (last - day.getTime()) / DAY_MS;
};

/** The first second after this instant at which the schedule is due, in UTC; five years later where it is not due before. */
export const nextDue = (schedule: string, after: Date): Date => {
  const texts = schedule.trim().split(/\s+/);
  const [seconds = [], minutes = [], hours = [], days = [], months = [], weekdays = []] = FIELDS.map((field, at) =>
    valuesOf(texts[at] ?? '', field),
  );
  const first = Math.floor(after.getTime() / DAY_MS);
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const day = new Date((first + ahead) * DAY_MS);
    if (!months.includes(day.getUTCMonth() + 1)) {
      ahead += daysLeft(day);
      continue;
    }
    if (!days.includes(day.getUTCDate()) || !weekdays.includes(day.getUTCDay())) continue;
    for (const hour of hours)
      for (const minute of minutes) {
        const begin = day.getTime() + (hour * 60 + minute) * 60_000;
        const second = seconds.find((one) => begin + one * 1_000 > after.getTime());
        if (second !== undefined) return new Date(begin + second * 1_000);
      }
  }
  return new Date(after.getTime() + DAYS_AHEAD * DAY_MS);
};

/** Whether the text is an NCRONTAB expression of six fields. */
export const isSchedule = (text: string): boolean => {
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === FIELDS.length &&
    FIELDS.every((field, index) => fields[index]?.split(',').every((entry) => isEntry(entry, field)))
  );
};
