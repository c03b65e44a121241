import { keyVersion, VAULT } from './incident.ts';
import type { App } from './open-app.ts';

const NAME = 'guardian';

const vaultIn = ({ cloud }: App) => {
  const vault = cloud.world.keyVault.vault(VAULT);
  if (!vault) throw new Error(`There is no vault ${VAULT}`);
  return vault;
};

/** How many events of the vault were accepted, and how many were not, or not yet. */
export const deliveriesOf = (app: App): { readonly accepted: number; readonly refused: number } => {
  const deliveries = app.cloud.world.eventGrid.deliveries(vaultIn(app).id, NAME);
  if (!deliveries) throw new Error(`${VAULT} has no event subscription`);
  return {
    accepted: deliveries.delivered(),
    refused: deliveries.pending().length + deliveries.deadLetters().length,
  };
};

/** How many events of the vault Event Grid has delivered, or still tries to. */
export const eventsTold = (app: App): number => {
  const { accepted, refused } = deliveriesOf(app);
  return accepted + refused;
};

/** An event of the current version in the Event Grid schema; the same every time it is made. */
export const keyEvent = (app: App, eventType: string, changes: Record<string, unknown> = {}) => {
  const { kid, version, exp = 0 } = keyVersion(app);
  return {
    id: `00000000-0000-0000-0000-${version.slice(0, 12)}`,
    topic: vaultIn(app).id,
    subject: 'cmk',
    eventType,
    eventTime: '2026-03-02T00:00:00.0000000Z',
    data: {
      Id: kid,
      VaultName: VAULT,
      ObjectType: 'Key',
      ObjectName: 'cmk',
      Version: version,
      NBF: null,
      EXP: `${exp}`,
    },
    dataVersion: '1',
    metadataVersion: '1',
    ...changes,
  };
};

/** Event Grid delivers this without regard to any filter, and again until it is accepted. */
export const sendEvent = (app: App, event: Record<string, unknown>): void =>
  app.cloud.world.eventGrid.send(vaultIn(app).id, NAME, event);
