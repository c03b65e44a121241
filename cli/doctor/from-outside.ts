import { type GetHealth200, getCoverage, getHealth, getHealthDetails } from '../../client/api.ts';
import { Refused } from '../../client/refused.ts';
import { Unreachable } from '../../client/unreachable.ts';
import type { Context } from '../context.ts';
import { allPages } from '../pages.ts';
import { type Block, command, facts, heading, type Sheet, text } from '../sheet/sheet.ts';
import { coverageSheet } from '../sheets/coverage.ts';
import { spoken } from '../words/names.ts';
import { exact } from '../words/times.ts';

const MORE = 'To look at host, storage, network and roles from the side of Azure, also where the app does not start:';
const COMMAND = "cmk-guardian doctor --subscription '<subscription id>' --group '<group>' --app '<app>'";

/** Rejects where no host answers. It needs no key; 503 is an answer too, of an unhealthy product. */
const reach = async ({ sending }: Context): Promise<void> => {
  try {
    await getHealth({ guardian: { ...sending.guardian, proof: async () => ({}) } });
  } catch (error) {
    if (!(error instanceof Refused && error.status === 503)) throw error;
  }
};

/** Whether no Functions host answers at the address, or the host answers because the app itself is not loaded. */
const isSilent = (error: unknown): error is Error =>
  error instanceof Unreachable ||
  (error instanceof Refused && error.problem === undefined && (error.status === 404 || error.status >= 500));

/** Where the app itself does not answer, Azure may: the error stays the same, and its text gets the command that asks Azure. */
const orTheOtherSide = <Value>(asked: Promise<Value>): Promise<Value> =>
  asked.catch((error: unknown) => {
    if (isSilent(error)) error.message = `${error.message}\n${MORE}\n    ${COMMAND}`;
    throw error;
  });

const ILL: Readonly<Record<Exclude<GetHealth200['status'], 'well'>, string>> = {
  timersStand: 'Its timers stand still: nobody looks by himself. Is the function app on, and are its triggers known?',
  blind: 'It cannot look at Azure: see why, and whether its identity has its roles.',
  noStorage: 'It cannot use its storage.',
};

/** The action groups whose alerts are not understood, and the commands that have them send the schema that is. */
const oldReceivers = ({ alerts }: GetHealth200): readonly Block[] => {
  const { withoutCommonSchema: old = [] } = alerts ?? {};
  if (!Array.isArray(old))
    return [text(`Which action groups send without the common schema is unknown: ${old.unknown}`)];
  return old.length === 0
    ? []
    : [
        text('Switch the action groups that send without the common schema:'),
        ...old.map((one) => command(one.command)),
      ];
};

const healthBlocks = (health: GetHealth200): readonly Block[] => [
  text(
    health.status === 'well' ? 'The app answers, can look and can store.' : `${ILL[health.status]} ${health.why ?? ''}`,
  ),
  facts([
    ['version', health.version],
    ...health.overdueTimers.map(
      ({ timer, dueSince }) => ['overdue', `${spoken(timer)}, since ${exact(dueSince)}`] as const,
    ),
    ...(health.keysNotAssessed?.keys ?? []).map(({ keyId, why }) => ['not assessed', `${keyId}: ${why}`] as const),
    [
      'alerts',
      health.alerts && health.alerts.notUnderstood > 0
        ? `${health.alerts.notUnderstood} not understood: cmk-guardian alerts`
        : undefined,
    ],
  ]),
  ...oldReceivers(health),
];

/** Whether the app can be reached, whether it is alive, and what it cannot see or repair: over its own API alone. */
export const doctorSheet = async (context: Context): Promise<Sheet> => {
  const { sending } = context;
  const health = await orTheOtherSide(reach(context).then(() => getHealthDetails(sending)));
  const first = health.status === 'noStorage' ? undefined : await getCoverage({ gaps: true }, sending);
  const coverage = first && 'value' in first ? coverageSheet(await allPages(first, sending)) : undefined;
  return {
    isWell: health.status === 'well' && (coverage?.isWell ?? false),
    answer: { health, coverage: coverage?.answer },
    blocks: [
      ...healthBlocks(health),
      heading('What it cannot see or repair'),
      ...(coverage?.blocks ?? [text('Nobody knows yet: the first posture report is being made.')]),
      heading(MORE),
      command(COMMAND),
    ],
    records: coverage?.records ?? { columns: [], rows: [] },
  };
};
