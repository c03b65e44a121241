import { commandsIn } from './kinds.ts';

const OF_EXPLAIN = "`cmk-guardian explain '<name>' --output json` has it";
const YOURS = 'yours to choose';

/**
 * The placeholders in the commands of runbooks, with the sources of their values. A command with another placeholder fails a
 * test.
 */
export const NAMES: Readonly<Record<string, string>> = {
  $API: '`https://<the app>.azurewebsites.net/api`; the command line takes the address without `/api` as `GUARDIAN_URL`',
  $KEY: '`az functionapp keys list --name <app> --resource-group <group of the app> --query functionKeys.default --output tsv`; the command line takes it as `GUARDIAN_KEY`',
  $TOKEN:
    '`az account get-access-token --resource <audience> --query accessToken --output tsv`, signed in as the approver; the audience is in `GET /api/client-settings`',
  '<name>': 'the server or disk encryption set, as `cmk-guardian status` lists it',
  '<why>': 'a line for who reads the ledger',
  '<number>': 'the first digits of the plan, as `cmk-guardian plan` and the message have them',
  '<plan id>': 'all 64 digits of it: `cmk-guardian plan --output json`',
  '<key id>':
    'the key without its version, `https://<vault>.vault.azure.net/keys/<key>`: the first line of `cmk-guardian explain`',
  '<vault>': 'the name of the vault, the first part of the key id: the first line of `cmk-guardian explain`',
  '<key>': 'the name of the key, the last part of the key id',
  '<key version>': `the version that the consumer uses, with its vault and key: ${OF_EXPLAIN}`,
  '<key identifier with version>': `the version that the consumer uses, with its vault and key: ${OF_EXPLAIN}`,
  '<former key version>': 'what it used before: `cmk-guardian incident` and the ledger have it',
  '<new key version>': "`az keyvault key list-versions --vault-name '<vault>' --name '<key>'`",
  '<group>': 'the resource group: it is in the resource id, which `cmk-guardian explain --output json` has',
  '<subscription>': 'the subscription: it is in the resource id, which `cmk-guardian explain --output json` has',
  '<id of the vault>': "`az keyvault show --name '<vault>' --query id --output tsv`",
  '<id of the key>': 'the id of the vault with `/keys/<key>` after it',
  '<id>': `the resource id of what is meant: ${OF_EXPLAIN}`,
  '<id of the consumer>': `its resource id: ${OF_EXPLAIN}`,
  '<id of the resource>': `its resource id: ${OF_EXPLAIN}`,
  '<id of the server>': `its resource id: ${OF_EXPLAIN}`,
  '<server>': 'the name of the server, as `cmk-guardian status` lists it',
  '<set>': 'the name of the disk encryption set, as `cmk-guardian status` lists it',
  '<api-version>':
    '`2017-12-01` of a single server, `2024-12-30` of a flexible one, `2025-01-02` of a disk encryption set',
  '<id of the set>': 'the resource id of the disk encryption set: in the portal under Properties',
  '<copy>': 'the name of the restored server or replica',
  '<object id>':
    'the principal that lacks access: the plan in `cmk-guardian explain` names it; of one whom the plan does not let in, `cmk-guardian explain --output json` has it as `principalId`',
  '<your object id>': '`az ad signed-in-user show --query id --output tsv`',
  '<object id of the copy>': 'the principal of the copy: `cmk-guardian explain --output json` has it as `principalId`',
  '<object id of the identity>':
    'the principal of the consumer: `cmk-guardian explain --output json` has it as `principalId`',
  '<object id of the function app>':
    'the output `principal_id` of `infra/product`; `cmk-guardian coverage` prints whole commands with it',
  '<id of the subnet of the function app>':
    'the output `subnet_id` of `infra/product`; `cmk-guardian coverage` prints whole commands with it',
  '<id of its identity>':
    "the user-assigned identity of the server: `az resource show --ids '<id of the server>' --query identity.userAssignedIdentities`",
  '<id of an identity>':
    'the resource id of a user-assigned identity that may use the key: in the portal under Properties',
  '<identity>': 'the name that the deleted identity had: the finding in `cmk-guardian explain` names it',
  '<HSM>': 'the name of the Managed HSM, the first part of the key id',
  '<former date>': 'what the outcome of the step in `cmk-guardian incident` says was there before',
  '<date>': 'in UTC, as `2027-01-31T00:00:00Z`',
  '<scope>': 'where the product lacks its role: the sentence of the finding names it',
  '<id of the machine>': 'the finding names the machines; the resource id is in the portal under Properties',
  '<scale set>': 'the name of the scale set, in the node resource group of a cluster',
  '<instance>': 'the number of the instance, from the command before',
  '<id of the disk>': 'the line of the report names it',
  '<cluster>': 'the line of the report names it',
  '<node>': '`kubectl get nodes`',
  '<old pool>': 'the line of the report names it',
  '<new pool>': YOURS,
  '<version>': 'one that the portal offers for the cluster',
  '<region>': YOURS,
  '<region of the consumer>': 'where the consumer is: the finding in `cmk-guardian explain` names both',
  '<another key>': YOURS,
  '<new name>': YOURS,
  '<team>': 'who owns it',
  '<prefix>': '`GUARDIAN_TABLE_PREFIX`, `guardian` unless set otherwise',
  '<account>': '`GUARDIAN_STORAGE_ACCOUNT`, or the account of the function app',
  '<id of the workspace>': 'the resource id of the Log Analytics workspace: in the portal under Properties',
  '<id of a subnet>': 'the resource id of a subnet of the network that shall reach the vault',
  '<address>': 'of whom shall be told',
  '<address of a webhook of yours>': 'where the product, or whoever else, takes alerts: `POST /api/alerts`',
  '<old ARM id>': 'the vault that was known: the finding names it',
  '<new ARM id>': 'the vault that bears the name now: the finding names it',
};

const PLACEHOLDER = /\$[A-Z]+\b|<[A-Za-z][^<>]*>/g;

/**
 * Every placeholder in the commands of a text, each once, with the source of its value. Throws for a placeholder without a
 * source.
 */
export const namesIn = (text: string): readonly (readonly [string, string])[] =>
  [...new Set(commandsIn(text).flatMap((command) => command.match(PLACEHOLDER) ?? []))].map((name) => {
    const source = NAMES[name];
    if (source === undefined) throw new Error(`Nobody says where ${name} comes from (test/docs/runbooks/names.ts).`);
    return [name, source];
  });
