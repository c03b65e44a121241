import { diagnose } from '../../infra/doctor/diagnose.ts';
import type { Finding, Weight } from '../../infra/doctor/finding.ts';
import { type CloudName, ENDPOINTS, readOptions } from '../../infra/doctor/options.ts';
import { readFacts } from '../../infra/doctor/read/facts.ts';
import { type CountLine, countLineOn } from '../count-line.ts';
import { Usage } from '../failure.ts';
import { command, heading, type Sheet, tableOf, text } from '../sheet/sheet.ts';
import type { Way } from '../sign-in/ways.ts';
import type { Surroundings } from '../surroundings.ts';

export type Installation = {
  readonly subscription?: string;
  readonly group?: string;
  readonly app?: string;
  readonly cloud?: string;
};

const HEADS: Readonly<Record<Weight, string>> = {
  stops: 'Stops it',
  limits: 'Limits it',
  unseen: 'Unknown',
  noted: 'Noted',
};

const checked = (place: Installation) => {
  const words = Object.entries(place).flatMap(([name, value]) => [`--${name}`, value]);
  const options = readOptions(words);
  if (options.kind !== 'run') throw new Usage(options.kind === 'wrong' ? options.why : '');
  return options;
};

/** The same function, which also counts every answer. */
const countedSend = (send: Surroundings['send'], line: CountLine): Surroundings['send'] => {
  let answers = 0;
  return async (request) => {
    const answer = await send(request);
    answers += 1;
    line.counted(answers);
    return answer;
  };
};

/** The findings of Azure about an installation, also where the app itself does not start. It only reads. */
export const findings = async (
  { signIn, send, ...terminal }: Pick<Surroundings, 'signIn' | 'send' | 'progress' | 'now'>,
  place: Installation,
  way: Way | undefined,
): Promise<readonly Finding[]> => {
  const options = checked(place);
  const { arm, graph, login } = ENDPOINTS[options.cloud as CloudName];
  const token = (resource: string) => signIn(way, { scope: `${resource}/.default`, authority: login });
  const line = countLineOn(terminal, (count) => `Asking Azure: ${count} answers`);
  try {
    return diagnose(await readFacts({ arm, graph, send: countedSend(send, line), token }, options));
  } finally {
    line.done();
  }
};

const WELL = 'Nothing is wrong that can be seen from outside. What the product itself sees: cmk-guardian coverage.';

export const findingsSheet = (all: readonly Finding[]): Sheet => ({
  isWell: all.every(({ weight }) => weight !== 'stops'),
  answer: all,
  blocks:
    all.length === 0
      ? [text(WELL)]
      : all.flatMap(({ weight, sentence, commands }) => [
          heading(`${HEADS[weight]}: ${sentence}`),
          ...commands.map(command),
        ]),
  records: tableOf<Finding>(
    {
      weight: ({ weight }) => weight,
      sentence: ({ sentence }) => sentence,
      commands: ({ commands }) => commands.join('\n'),
    },
    all,
  ),
});
