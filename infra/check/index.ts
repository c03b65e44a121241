import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { installAzureCli } from './azure-cli.ts';
import { checkDeployed } from './deployed.ts';
import { makeRelease } from './released.ts';
import { timed } from './timed.ts';
import { openWorkshop, type Workshop } from './tofu.ts';
import { findTools } from './tools.ts';
import { checkWritten } from './written.ts';

const HELP = `npm run check:infra

Holds infra/ by OpenTofu and the provider AzAPI: its form, its types, a plan of product, anchors and examples, and what a plan says of
mistakes. Then makes a release, and follows docs/deploy.md in it, by its own commands: registers the app, and applies product, anchors and both examples with all that they can have into an empty local cloud, with the
package by OneDeploy, after events before the code were refused; plans again, which must change nothing; has the posture report pass what a
template can set; has the doctor find nothing, and then each mistake that is made there. The product heals an expired key; a deleted key of
which an alert alone tells it, while people are told that there is no sweep; another in the middle of whose recovery a newer package comes;
an expired key behind private endpoints; one in a second subscription, of which product and doctor tell what rights are missing there; and one
there again, when a management group above it is named instead. At last all is destroyed. The anchors outlast that, and so do soft-deleted vaults.

  -- --written    no cloud: form, types and plans alone
  -- --azure-cli  installs the Azure CLI from PyPI where it is not yet, so that the commands of docs/deploy.md which begin with az are run
                  as well: 700 MB. Where it is installed already they are run anyway.

Both tools are built from Go modules, once on a machine, into \${XDG_CACHE_HOME:-~/.cache}/cmk-guardian/infra.
Exit code 0: all holds. 1: something does not. 77: skipped, because the tools are not there and there is no Go to build them.`;

const SKIPPED = 77;

/** Makes a release of the present sources and deploys it, as a person does who has downloaded it. */
const checkPackaged = async (workshop: Workshop): Promise<void> => {
  const released = await timed('the release', () => makeRelease(path.join(workshop.folder, '..', 'release')));
  await checkDeployed(workshop, released);
};

const check = async (parts: readonly ((workshop: Workshop) => Promise<void>)[]): Promise<number> => {
  const tools = findTools();
  if (!tools) {
    console.log('skipped: there is no Go to build OpenTofu and AzAPI with');
    return SKIPPED;
  }
  const workshop = openWorkshop(tools, path.join(import.meta.dirname, '..'));
  try {
    for (const part of parts) await part(workshop);
  } finally {
    workshop.close();
  }
  console.log('infra/ holds');
  return 0;
};

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    written: { type: 'boolean', default: false },
    'azure-cli': { type: 'boolean', default: false },
  },
});
if (values.help) console.log(HELP);
else {
  if (values['azure-cli']) installAzureCli();
  process.exitCode = await check(values.written ? [checkWritten] : [checkWritten, checkPackaged]).catch(
    (error: Error) => {
      console.error(error.message);
      return 1;
    },
  );
}
