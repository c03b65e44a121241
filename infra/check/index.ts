import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openWorkshop } from './tofu.ts';
import { findTools } from './tools.ts';
import { checkWritten } from './written.ts';

const HELP = `npm run check:infra

Holds infra/ by OpenTofu and the provider AzAPI: its form, its types, and a plan of product, anchors and examples.

Both tools are built from Go modules, once on a machine, into \${XDG_CACHE_HOME:-~/.cache}/cmk-guardian/infra.
Exit code 0: all holds. 1: something does not. 77: skipped, because the tools are not there and there is no Go to build them.`;

const SKIPPED = 77;

const check = async (): Promise<number> => {
  const tools = findTools();
  if (!tools) {
    console.log('skipped: there is no Go to build OpenTofu and AzAPI with');
    return SKIPPED;
  }
  const workshop = openWorkshop(tools, path.join(import.meta.dirname, '..'));
  try {
    await checkWritten(workshop);
  } finally {
    workshop.close();
  }
  console.log('infra/ holds');
  return 0;
};

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) console.log(HELP);
else
  process.exitCode = await check().catch((error: Error) => {
    console.error(error.message);
    return 1;
  });
