/** `npm run docs` writes the generated parts of documents: tables, the help of the commands, the schemas of events. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generated, generatedSchemas } from './generated.ts';
import { root } from './written.ts';

for (const [file, text] of generated()) writeFileSync(path.join(root, file), text);

const schemas = generatedSchemas();
for (const [file, schema] of schemas) writeFileSync(path.join(root, file), JSON.stringify(schema, null, 2));
const { status } = spawnSync('biome', ['format', '--write', ...schemas.keys()], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
