import { type Booted, boot, type Part } from '../boot.ts';
import { managementGroupScope } from '../cloud/arm/management-groups.ts';
import { hearWrites } from '../cloud/worlds/hear-events.ts';
import { productId } from '../cloud/worlds/product.ts';
import { productRole } from '../cloud/worlds/product-role.ts';
import { type Ports, preferPort, requirePort, startOn } from '../free-port.ts';
import { webhookUrl } from '../host-process.ts';
import type { CommandLine } from './command-line.ts';
import { overridden } from './overridden.ts';
import { scenario } from './scenario.ts';
import type { Screen } from './screen.ts';
import { wrap } from './wrap.ts';

const NAMES: { readonly [Name in Part]: string } = {
  storage: 'storage (Azurite, Microsoft’s emulator)',
  cloud: 'the local Azure',
  app: 'the app, in a Functions host',
};

/** Troubles of the host, its worker or the local Azure; the timeline shows the acts of the app. */
const TROUBLE = /\b(warning|error|critical): |^Worker was unable to|^not simulated|^clock: /;

/** The app's warnings about a key, which the timeline shows already. */
const NOTICE = /\bwarning: \[recordAssessment\] https:\/\/\S+: (?:ask|report|unseen)\. /;

const APP_PORT = 7071;
const CONTROL_PORT = 8700;

const portsFor = async ({ demo, port }: CommandLine): Promise<Ports> => {
  if (port !== undefined) return { hostPort: await requirePort(port), cloudPort: await preferPort(CONTROL_PORT) };
  if (demo) return { hostPort: 0, cloudPort: 0 };
  return { hostPort: await preferPort(APP_PORT), cloudPort: await preferPort(CONTROL_PORT) };
};

const sayAside = (screen: Screen, text: string): void => {
  for (const line of wrap(text, screen.width - 2)) screen.say(`  ${screen.paint('yellow', line)}`);
};

/** Says which usual port another program has, and the port that the part has instead. */
const sayMoved = ({ cloud, host }: Booted, { demo, port }: CommandLine, screen: Screen): void => {
  if (demo) return;
  if (cloud.port !== CONTROL_PORT)
    sayAside(
      screen,
      `Port ${CONTROL_PORT} is taken, so that the local Azure is on ${cloud.port}; nothing has to be changed.`,
    );
  if (port === undefined && host().port !== APP_PORT)
    sayAside(screen, `Port ${APP_PORT} is taken, so that the app is on ${host().port}; --port chooses another one.`);
};

/**
 * Event Grid is subscribed to the vault, and to every write in the subscription, before any act: it sends events of expiry only
 * for versions made after the subscription.
 */
const subscribe = async ({ cloud, host }: Booted): Promise<void> => {
  const endpointUrl = webhookUrl(host(), 'on-key-vault-event');
  for (const { id } of cloud.world.keyVault.vaults()) {
    await cloud.world.eventGrid.subscribe({ name: 'guardian', scope: id, endpointUrl });
  }
  await hearWrites(cloud.world, { endpointUrl: webhookUrl(host(), 'on-resource-event') });
};

/** Gives the app the right to read the subscriptions below the management group, which is empty at first. */
const follow = ({ cloud: { world } }: Booted, managementGroup: string): void => {
  world.subscriptions.putBelow(managementGroup, { managementGroup: `${managementGroup}-teams` });
  const product = world.entra.managedIdentity(productId);
  if (!product) throw new Error('The product has no identity');
  world.rbac.assign({
    scope: managementGroupScope(managementGroup),
    role: productRole('observe').roleName,
    principalId: product.objectId,
  });
};

/** Starts all parts and says so. @throws Error with the output of the part that could not start */
export const start = async (options: CommandLine, screen: Screen, signal: AbortSignal): Promise<Booted> => {
  const from = performance.now();
  const started = (part: Part): void => {
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    screen.say(`  ${screen.paint('green', '✓')} ${NAMES[part].padEnd(44)}${seconds} s`);
  };
  const log = (line: string): void => {
    if (TROUBLE.test(line) && !NOTICE.test(line)) sayAside(screen, line);
  };
  screen.title('Starting');
  for (const line of overridden(process.env, options)) sayAside(screen, line);
  const demanded = options.port === undefined ? {} : { hostPort: options.port };
  const booted = await startOn(await portsFor(options), demanded, (ports) =>
    boot({ ...scenario(options), ...ports, workers: options.workers, log, started, signal }),
  );
  sayMoved(booted, options, screen);
  try {
    if (options.managementGroup !== undefined) follow(booted, options.managementGroup);
    await subscribe(booted);
    return booted;
  } catch (error) {
    await booted.close();
    throw error;
  }
};
