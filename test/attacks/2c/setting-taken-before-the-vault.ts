import { HOUR, MINUTE } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { manually, REVOKING, SETTLED, vaultId } from '../revoking.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-logged';
const WORKSPACE = '/subscriptions/s/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/audit';

/** Logging that its owner ended stays ended, though the snapshot of the vault still has it. */
export const settingTakenBeforeTheVault: Attack = {
  item: '2c',
  sentence: 'somebody deletes a vault whose logging its owner had ended, so that the recovery begins it again',
  plan: REVOKING,
  play: async (app) => {
    const { diagnosticSettings } = app.cloud.world;
    const logs = [{ category: 'AuditEvent', enabled: true }];
    diagnosticSettings.put({ scope: vaultId(app, VAULT), name: 'audit', workspaceId: WORKSPACE, logs, metrics: [] });
    await app.pass(SETTLED);
    const writes = await writesDuring(app, async () => {
      manually(app, 'stop-logging', { scope: vaultId(app, VAULT), name: 'audit' });
      await app.pass(MINUTE);
      manually(app, 'delete-vault', { vault: VAULT });
      await app.pass(2 * HOUR);
    });
    const begun = writes.filter((write) => /diagnosticSettings/.test(write));
    return outcome(
      { writes: begun, verdict: await verdictOn(app, VAULT) },
      {
        'the vault is recovered': app.cloud.world.keyVault.vault(VAULT) !== undefined,
        'logging does not begin again': diagnosticSettings.get(vaultId(app, VAULT), 'audit') === undefined,
        'nothing is written for it': begun.length === 0,
      },
    );
  },
};
