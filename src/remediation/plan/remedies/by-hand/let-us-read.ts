import type { Finding } from '../../../model/findings.ts';
import { instruct, type Remedy } from '../../remedy.ts';

export const letUsRead: Remedy = (finding) =>
  instruct(`${finding.sentence} Nothing that rests on it is done; let the product read it. ${firstAid(finding)}`);

const firstAid = ({ evidence }: Finding): string =>
  'version' in evidence || 'vault' in evidence
    ? 'It needs keys/get in the vault and a network path to it, or Microsoft.KeyVault/vaults/read and keys/read on its control plane.'
    : 'It needs Microsoft.DBforMySQL/servers/read, servers/keys/read and flexibleServers/read in its scope, Microsoft.Compute/diskEncryptionSets/read, and Microsoft.Authorization/roleAssignments/read.';
