import type { SubscriptionSpec } from '../../../../local/cloud/event-grid/event-subscription.ts';
import type { Switches } from '../../../../local/cloud/service.ts';
import { cleanUpAfterEach } from '../../../run/clean-up.ts';
import { aVault } from '../key-vault/vault-cloud.ts';
import { aReceiver, type Behaviour } from './receiver.ts';

const running: (() => void)[] = [];
cleanUpAfterEach(() => {
  for (const close of running.splice(0)) close();
});

type Given = {
  behaviour?: Behaviour;
  subscription?: Partial<SubscriptionSpec>;
  switches?: Partial<Switches>;
  seed?: number;
};

export const NAME = 'guardian';

/** A vault with a receiver that is not subscribed yet. */
export const aWebhook = async ({ behaviour = {}, switches = {}, seed = 1 }: Given = {}) => {
  const cloud = await aVault({}, { switches, seed });
  const receiver = await aReceiver(cloud.world.clock, behaviour);
  running.push(receiver.close);
  const subscribe = (more: Partial<SubscriptionSpec> = {}) =>
    cloud.world.eventGrid.subscribe({ name: NAME, scope: cloud.vault.id, endpointUrl: receiver.url, ...more });
  const queue = () => cloud.world.eventGrid.deliveries(cloud.vault.id, NAME);
  return {
    ...cloud,
    receiver,
    subscribe,
    deadLetters: () => queue()?.deadLetters() ?? [],
    pending: () => queue()?.pending() ?? [],
  };
};

/** A vault whose events a receiver gets. */
export const aSubscribedVault = async (given: Given = {}) => {
  const webhook = await aWebhook(given);
  await webhook.subscribe(given.subscription);
  return webhook;
};

export const NEW = 'Microsoft.KeyVault.KeyNewVersionCreated';
export const NEAR = 'Microsoft.KeyVault.KeyNearExpiry';
export const EXPIRED = 'Microsoft.KeyVault.KeyExpired';
export const POLICY = 'Microsoft.KeyVault.VaultAccessPolicyChanged';
