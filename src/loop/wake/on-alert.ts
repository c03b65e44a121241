import { byKey } from '../../remediation/model/doors.ts';
import type { HeldAlert } from '../../store/quarantine.ts';
import type { Durable, Guardian } from '../guardian.ts';
import type { AlertInput } from '../messages.ts';
import { PRODUCT_CHAIN, record } from '../record.ts';
import type { KnownKeys } from './known-keys.ts';
import { onSignal } from './on-resource-event.ts';

/** As long as for other unreadable resources: after this time the entry is forgotten. */
const SAID_MS = 30 * 86_400_000;

/**
 * Told once a month: somebody sends alerts that the product does not understand, and the quarantine is full, so that
 * each new alert displaces another one.
 */
const sayFull = async (guardian: Guardian, { rule, why }: HeldAlert): Promise<void> => {
  const { quarantine, told } = guardian.store;
  const { most } = quarantine;
  const now = new Date();
  const full = [{ id: 'the quarantine of alerts', reason: `it is full (${most})` }];
  if ((await told.news(full, new Date(now.getTime() - SAID_MS).toISOString())).length === 0) return;
  await record(guardian, 'quarantine full', { most, rule: rule ?? '', why });
  await told.add(full, now.toISOString());
  await guardian.notify({
    keyId: PRODUCT_CHAIN,
    verdict: 'report',
    sentences: [
      `The quarantine keeps ${most} alerts that were not understood, and is full: for each that comes, one goes of the rule and the reason that most of them have. The last came ${rule === undefined ? 'without a rule' : `of the rule ${rule}`}: ${why}. \`cmk-guardian alerts\` lists them; \`cmk-guardian doctor\` names the action groups to switch to the common schema. Over HTTP: GET /api/quarantine ${byKey('GET', 'quarantine')}, GET /api/health/details ${byKey('GET', 'health/details')}.`,
    ],
  });
};

/**
 * An alert is a reason to look at the resources that it names, never a fact. An alert that names nothing known is kept
 * in quarantine. All named keys are tried before this activity throws and is repeated: a key that was woken already
 * gets one look more.
 */
export const hearAlert = async (
  guardian: Guardian,
  knownKeys: KnownKeys,
  durable: Durable,
  input: AlertInput,
): Promise<string> => {
  if (input.kind === 'held') {
    if ((await guardian.store.quarantine.hold(input.id, input.alert)) > 0) await sayFull(guardian, input.alert);
    return `held: ${input.alert.why}`;
  }
  const heard: string[] = [];
  const failures: unknown[] = [];
  for (const signal of input.signals) {
    await onSignal(guardian, knownKeys, durable, signal).then(
      ({ kind, why }) => heard.push(`${kind}: ${why}`),
      (error: unknown) => failures.push(error),
    );
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} signals of an alert were not followed`);
  const said = heard.join('; ');
  guardian.log(`alert ${said}`);
  return said;
};
