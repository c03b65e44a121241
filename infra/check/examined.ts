import type { Finding } from '../doctor/finding.ts';
import { runDoctor } from '../doctor/run.ts';
import { askArm } from './asking.ts';
import type { Deployable } from './deployable.ts';
import { FATAL, type Mistake, SILENT } from './mistakes.ts';
import { MINUTE, within } from './stories.ts';

/** The findings of `npm run doctor` about the deployed app, for the signed-in deployer. */
export const examine = async (place: Deployable): Promise<readonly Finding[]> => {
  const [site] = place.cloud.world.web.sites.all();
  const words = ['--subscription', place.subscription, '--group', 'guardian', '--app', site?.name ?? '', '--json'];
  const said: string[] = [];
  const { send, token } = place;
  const surroundings = {
    send,
    token: (_: string, resource: string) => token(resource),
    say: (text: string) => said.push(text),
  };
  await place.whilePassing(() => runDoctor(words, surroundings));
  return JSON.parse(said.join('\n'));
};

const told = (findings: readonly Finding[]): string => findings.map(({ sentence }) => `\n  ${sentence}`).join('');

/** Rejects unless each finding has one of these texts, in any order, and each text has a finding. */
const findsExactly = async (place: Deployable, words: readonly string[]): Promise<void> => {
  const findings = await examine(place);
  const isExact =
    findings.length === words.length && words.every((one) => findings.some(({ sentence }) => sentence.includes(one)));
  if (!isExact)
    throw new Error(`the doctor was to find '${words.join("', '")}' and nothing else, and found:${told(findings)}`);
};

/** Before there is code, the doctor says only that, and does not name the refused event subscriptions: the apply has done so. */
export const findsInCodelessApp = (place: Deployable): Promise<void> =>
  findsExactly(place, [
    'The host has no function',
    'No event subscription of subscription',
    "'CMK Guardian Consumers'",
    '/api/health says so (503)',
  ]);

/** Before there are event subscriptions and groups with consumers, the doctor says just that. */
export const findsWhatIsToCome = (place: Deployable): Promise<void> =>
  findsExactly(place, ['No event subscription of subscription', "'CMK Guardian Consumers'"]);

const findsMistake = async (place: Deployable, { name, words }: Mistake): Promise<void> => {
  const findings = await examine(place);
  if (!findings.some(({ sentence }) => sentence.includes(words)))
    throw new Error(`${name}, and the doctor does not say '${words}', but:${told(findings)}`);
  console.log(`  found: ${name}`);
};

const trying = async (place: Deployable, mistake: Mistake, look: () => Promise<void>): Promise<void> => {
  const takeBack = mistake.make(place);
  try {
    await look();
    await findsMistake(place, mistake);
  } finally {
    takeBack();
  }
};

const runs = ({ cloud }: Deployable): boolean => {
  const { hosting, sites } = cloud.world.web;
  return sites.all().every(({ id }) => hosting.host(id) !== undefined);
};

/** The host must not come up when it is started again. */
const staysDown = async (place: Deployable, { name }: Mistake): Promise<void> => {
  await askArm(place, 'POST', 'restart', {});
  await place.clock.advance(MINUTE);
  if (runs(place)) throw new Error(`${name}, and the host starts all the same`);
};

/** The doctor finds nothing wrong with the deployment, then each mistake that is made in it, and nothing again at the end. */
export const findsMistakes = async (place: Deployable): Promise<void> => {
  console.log('npm run doctor');
  await findsExactly(place, []);
  for (const mistake of FATAL) await trying(place, mistake, () => staysDown(place, mistake));
  await askArm(place, 'POST', 'restart', {});
  await within(place, 5, 'the host starts again once nothing is wrong', () => runs(place));
  for (const mistake of SILENT) await trying(place, mistake, async () => {});
  await findsExactly(place, []);
};
