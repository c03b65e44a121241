import { HOUR } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { LISTENING } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-claimed';

const lie = (topic: string, eventType: string) => ({
  id: `lie-${eventType}`,
  topic,
  subject: 'cmk',
  eventType,
  eventTime: '2026-03-02T00:00:00Z',
  data: { VaultName: VAULT, ObjectType: 'Key', ObjectName: 'cmk', Version: '0'.repeat(32), EXP: '1' },
  dataVersion: '1',
  metadataVersion: '1',
});

const CLAIMS = ['KeyExpired', 'KeyDeleted', 'KeyNearExpiry', 'VaultAccessPolicyChanged'];

/** The product asks Azure, finds everything well, and that is all. */
export const claimedDeletion: Attack = {
  item: '0',
  sentence: 'the sender of events claims that a healthy key expired, was deleted, and lost its access policy',
  plan: LISTENING,
  play: async (app) => {
    const { keyVault, eventGrid } = app.cloud.world;
    const topic = keyVault.vault(VAULT)?.id ?? '';
    const writes = await writesDuring(app, async () => {
      for (const claim of CLAIMS) eventGrid.send(topic, 'guardian', lie(topic, `Microsoft.KeyVault.${claim}`));
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome({ writes, verdict }, { 'nothing is written': writes.length === 0, healthy: verdict === 'healthy' });
  },
};
