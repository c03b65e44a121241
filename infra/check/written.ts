import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { IN_FULL, ROOTS } from './roots.ts';
import type { Workshop } from './tofu.ts';

const PLAN = ['plan', '-no-color', '-compact-warnings', '-input=false', '-lock=false', '-refresh=false'];

const plan = async (workshop: Workshop, root: string, name: string, values: object): Promise<void> => {
  const file = path.join(workshop.folder, root, `${name}.tfvars.json`);
  writeFileSync(file, JSON.stringify(values));
  await workshop.run(root, [...PLAN, '-concise', `-var-file=${name}.tfvars.json`]);
};

/** Holds what is written in infra/ without any cloud: its form, its types, and a plan of each root, the least of it and all of it. */
export const checkWritten = async (workshop: Workshop): Promise<void> => {
  await workshop.run('.', ['fmt', '-check', '-diff', '-recursive']);
  for (const [root, least] of Object.entries(ROOTS)) {
    await workshop.run(root, ['init', '-no-color', '-backend=false', '-input=false']);
    await workshop.run(root, ['validate', '-no-color']);
    await plan(workshop, root, 'least', least);
    await plan(workshop, root, 'full', { ...least, ...IN_FULL[root] });
  }
};
