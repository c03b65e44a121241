import type { GetIncident200 } from '../../client/api.ts';
import { momentIn } from '../words/moments.ts';
import { nameAt } from '../words/names.ts';
import { exact, since } from '../words/times.ts';

/** The number of printed moments of each incident. */
export type Told = ReadonlyMap<string, number>;

type Incident = Pick<GetIncident200, 'id' | 'key' | 'timeline'>;

const lineOf = ({ key, timeline }: Incident, moment: Incident['timeline'][number]): string => {
  const [first] = timeline;
  const after = first ? since(first.at, moment.at) : '';
  return `${exact(moment.at).slice(11, 19)}  +${after.padEnd(12)}  ${nameAt(key)}  ${momentIn(moment)}`;
};

/** The moments since the last print, a line for each, in order. */
export const newsOf = (
  incidents: readonly Incident[],
  told: Told,
): { readonly lines: readonly string[]; readonly told: Told } => {
  const fresh = incidents.flatMap((incident) =>
    incident.timeline
      .slice(told.get(incident.id) ?? 0)
      .map((moment) => ({ at: moment.at, line: lineOf(incident, moment) })),
  );
  return {
    lines: fresh.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).map(({ line }) => line),
    told: new Map([...told, ...incidents.map(({ id, timeline }) => [id, timeline.length] as const)]),
  };
};
