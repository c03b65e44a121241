/**
 * What npm runs at the end of "npm ci". Three packages bring a Node, each for another platform, and all of them as
 * node_modules/.bin/node. npm 10 links the one that fits, and takes that link away again together with the two that do not.
 * npm 11 keeps it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const platform = process.platform === 'win32' ? 'win' : process.platform;
const name = `node-${platform}-${process.arch}`;
const npm = process.env['npm_execpath'];

if (npm && existsSync(`node_modules/${name}`) && !existsSync('node_modules/.bin/node')) {
  spawnSync(process.execPath, [npm, 'rebuild', '--ignore-scripts', name], { stdio: ['ignore', 'ignore', 'inherit'] });
}
