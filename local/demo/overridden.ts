import type { Act } from './acts/act.ts';
import { ACTS } from './acts/acts.ts';
import { scenario } from './scenario.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const HOW: Readonly<Record<string, string>> = { GUARDIAN_MODE: ' (--mode chooses it)' };

const settingsOf = (act: Act): Readonly<Record<string, string>> => act.settings ?? {};

/**
 * A sentence for each setting of the reader's own environment that has no effect, since the story sets it itself; the app reads
 * all other settings.
 */
export const overridden = (environment: Environment, told: Parameters<typeof scenario>[0]): readonly string[] => {
  const first = scenario(told).settings;
  const later = Object.assign({}, ...Object.values(ACTS).map(settingsOf)) as Readonly<Record<string, string>>;
  return Object.keys({ ...later, ...first }).flatMap((name) => {
    const own = environment[name];
    const why = first[name] === undefined ? 'an act of the story sets it' : `the story sets it to '${first[name]}'`;
    return own === undefined || own === first[name]
      ? []
      : [`${name} is '${own}' in your environment, which does not count here: ${why}${HOW[name] ?? ''}.`];
  });
};
