import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Visibility } from './durable/hub-state.ts';

/** The settings of host.json that the local host applies. */
export type HostJson = {
  routePrefix: string;
  hubName: string;
  /** null: no limit */
  functionTimeoutMs: number | null;
  maxConcurrentActivities: number;
  maxConcurrentOrchestrators: number;
  /** Control queues of the task hub. */
  partitionCount: number;
  /** How long messages that a lost worker had taken stay hidden. */
  visibility: Visibility;
  /** Whether Azure's host would log every invocation: category `Function`, level Information. */
  logsInvocations: boolean;
  /** Settings that have an effect on Azure and none here. */
  warnings: string[];
};

type Settings = { [name: string]: unknown };

/** Settings that are applied here, or that the app cannot observe. */
const KNOWN = [
  'version',
  'functionTimeout',
  'telemetryMode',
  'logging',
  'extensionBundle',
  'extensions.http.routePrefix',
  'extensions.durableTask.hubName',
  'extensions.durableTask.maxConcurrentActivityFunctions',
  'extensions.durableTask.maxConcurrentOrchestratorFunctions',
  'extensions.durableTask.storageProvider',
  'extensions.durableTask.tracing',
];

/** The default of the Flex Consumption and Premium plans. */
const DEFAULT_TIMEOUT = '00:30:00';
/** Azure's defaults depend on the plan and the number of cores. */
const DEFAULT_CONCURRENCY = 100;

/** The defaults of the provider Azure Storage. */
const DEFAULT_PARTITIONS = 4;
const DEFAULT_VISIBILITY = '00:05:00';

/** @throws Error naming the file if host.json is missing, is not JSON or has values of a wrong form */
export function readHostJson(appFolder: string): HostJson {
  const file = path.join(appFolder, 'host.json');
  if (!existsSync(file)) throw new Error(`${file} is missing: is ${appFolder} the folder of a function app?`);
  const all = parse(file);
  const extensions = section(all['extensions']);
  const durable = section(extensions['durableTask']);
  const provider = section(durable['storageProvider']);
  return {
    routePrefix: String(section(extensions['http'])['routePrefix'] ?? 'api').replace(/^\/+|\/+$/g, ''),
    hubName: String(durable['hubName'] ?? 'TestHubName'),
    functionTimeoutMs: parseTimeout(String(all['functionTimeout'] ?? DEFAULT_TIMEOUT), file),
    maxConcurrentActivities: Number(durable['maxConcurrentActivityFunctions'] ?? DEFAULT_CONCURRENCY),
    maxConcurrentOrchestrators: Number(durable['maxConcurrentOrchestratorFunctions'] ?? DEFAULT_CONCURRENCY),
    partitionCount: partitionsOf(provider, file),
    visibility: {
      controlQueueMs: spanOf(provider, 'controlQueueVisibilityTimeout', file),
      workItemMs: spanOf(provider, 'workItemQueueVisibilityTimeout', file),
    },
    logsInvocations: hears(section(section(all['logging'])['logLevel'])),
    warnings: unknownNames(all, '').map((name) => `host.json: ${name} has no effect in the local host`),
  };
}

function parse(file: string): Settings {
  try {
    return section(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** The level of the category, or else the default level. Without a level, Information applies. */
const hears = (levels: Settings): boolean =>
  ['trace', 'debug', 'information'].includes(
    String(levels['Function'] ?? levels['default'] ?? 'Information').toLowerCase(),
  );

const isSection = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const section = (value: unknown): Settings => (isSection(value) ? value : {});

function parseTimeout(text: string, file: string): number | null {
  if (text === '-1') return null;
  const ms = parseSpan(text);
  if (ms === null) throw new Error(`${file}: functionTimeout is '${text}', and must be hh:mm:ss, or -1 for no limit`);
  return ms;
}

function partitionsOf(provider: Settings, file: string): number {
  const count = Number(provider['partitionCount'] ?? DEFAULT_PARTITIONS);
  if (Number.isInteger(count) && count >= 1 && count <= 16) return count;
  throw new Error(
    `${file}: partitionCount is '${provider['partitionCount']}', and must be a whole number from 1 to 16`,
  );
}

function spanOf(provider: Settings, name: string, file: string): number {
  const text = String(provider[name] ?? DEFAULT_VISIBILITY);
  const ms = parseSpan(text);
  if (ms === null) throw new Error(`${file}: ${name} is '${text}', and must be hh:mm:ss`);
  return ms;
}

/** @returns ms, or null where the text is neither `hh:mm:ss` nor `d.hh:mm:ss` */
function parseSpan(text: string): number | null {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function unknownNames(settings: Settings, prefix: string): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const full = prefix + name;
    if (KNOWN.includes(full)) return [];
    const isParent = KNOWN.some((known) => known.startsWith(`${full}.`));
    return isParent && isSection(value) ? unknownNames(value, `${full}.`) : [full];
  });
}
