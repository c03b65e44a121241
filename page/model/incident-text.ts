import type { GetIncident200 } from '../../client/api.ts';
import { type Say, sayNamed } from '../words/say.ts';
import type { Moment } from './incident-layout.ts';
import { keyLabel } from './names.ts';

/** A moment in words; for a step, its effect. */
export const momentText = (say: Say, { what, step, target, outcome }: Moment): string => {
  const name = target === undefined ? '' : keyLabel(target);
  const word = sayNamed(say, 'moment', what);
  const about = step === undefined ? name : sayNamed(say, 'step', step, { name });
  return [word, about, outcome && outcome !== 'done' && sayNamed(say, 'outcome', outcome)].filter(Boolean).join(' · ');
};

/** Moments to which the API adds a word of the decision; to other moments it adds a sentence. */
const DECISIONS: ReadonlySet<string> = new Set(['decided', 'asked']);

/** The text that the API adds to a moment. */
export const saidWith = (say: Say, { what, says }: Moment): string | undefined =>
  says !== undefined && DECISIONS.has(what) ? sayNamed(say, 'decided', says) : says;

const two = (number: number): string => String(number).padStart(2, '0');

/** Seconds from the loss, as a clock. */
export const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`;

/** The whole incident as plain text, for a ticket. Times are in UTC. */
export const incidentText = (say: Say, incident: Pick<GetIncident200, 'id' | 'key' | 'timeline'>): string =>
  [
    `${incident.id}  ${incident.key}`,
    ...incident.timeline.map(
      (moment) =>
        `${moment.at}  +${clockOf(moment.seconds)}  ${[momentText(say, moment), saidWith(say, moment)].filter(Boolean).join(': ')}`,
    ),
  ].join('\n');
