import { known } from '../facts.ts';
import { appOptions, limits, type Rule, stops } from '../finding.ts';

/** Functions without which the product does not look: the timers and the triggers of events (functions/). */
export const NEEDED = ['sweep', 'probe', 'on-key-vault-event', 'on-resource-event', 'get-health'] as const;

/** An error text of a host may quote a connection string. */
const withoutSecrets = (text: string): string =>
  text.replaceAll(/\b(AccountKey|SharedAccessKey|sig|code)=[^;&\s]*/gi, '$1=…').slice(0, 500);

const hostRuns: Rule = (facts) => {
  const [site, host] = [known(facts.site), known(facts.host)];
  if (site?.state !== 'Running' || !host || host.state === 'Running') return [];
  if (host.errors.length === 0) return [];
  return host.errors.map((error) =>
    stops(`The host is in the state ${host.state}, and says: ${withoutSecrets(error)}`),
  );
};

const isIndexed: Rule = (facts) => {
  const functions = known(facts.functions);
  if (!functions) return [];
  const list = `az functionapp function list ${appOptions(facts)}`;
  if (functions.length === 0)
    return [
      stops(
        'The host has no function: the package was not deployed, or the host does not start. What stands above tells why, where it does.',
        list,
        `az functionapp deployment source config-zip ${appOptions(facts)} --src cmk-guardian.zip`,
      ),
    ];
  const missing = NEEDED.filter((name) => !functions.includes(name));
  if (missing.length === 0) return [];
  return [
    stops(`The host lacks functions of the product: ${missing.join(', ')}. Its start has failed half-way.`, list),
  ];
};

/**
 * Event Grid refuses a function that does not exist; it drops events without an error for a function that existed when it was
 * subscribed.
 */
const eventsHaveFunctions: Rule = (facts) => {
  const functions = known(facts.functions);
  if (!functions) return [];
  const subscriptions = Object.values(facts.eventSubscriptions).flatMap((fact) => known(fact) ?? []);
  return subscriptions.flatMap(({ id, functionId, state }) => {
    const name = functionId.split('/').at(-1) ?? '';
    if (functions.length > 0 && !functions.some((one) => one.toLowerCase() === name.toLowerCase()))
      return [stops(`The event subscription ${id} ends at the function '${name}', which the host does not have.`)];
    if (functions.length === 0)
      return [
        limits(`The event subscription ${id} was made before the code was there: its events are lost until then.`),
      ];
    return state === 'Succeeded' ? [] : [limits(`The event subscription ${id} is ${state}.`)];
  });
};

const LATER = 'it finds by itself what is lost there, up to five minutes later';

/** Checked for each guarded subscription: events of one subscription do not make up for the others. */
const eventsAreHeard: Rule = (facts) => {
  if (!known(facts.functions)) return [];
  return Object.entries(facts.eventSubscriptions).flatMap(([id, fact]) => {
    const found = known(fact);
    if (!found || found.some(({ of }) => of === 'subscription')) return [];
    const list = `az resource list --resource-type Microsoft.EventGrid/systemTopics --subscription ${id} --output table`;
    if (found.length === 0)
      return [
        limits(
          `No event subscription of subscription ${id} ends at this app: ${LATER}. Once the functions are there, apply again with events_enabled = true.`,
          list,
        ),
      ];
    const vaults = `${found.length} event ${found.length === 1 ? 'subscription' : 'subscriptions'} of single vaults`;
    return [
      limits(
        `Of subscription ${id} only ${vaults} end at this app: of what is done to roles, locks, servers and other vaults it hears nothing, and ${LATER}.`,
        list,
      ),
    ];
  });
};

export const CODE_RULES: readonly Rule[] = [hostRuns, isIndexed, eventsHaveFunctions, eventsAreHeard];
