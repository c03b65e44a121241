import type { RunningHost } from './host-process.ts';

/** Where Event Grid delivers to a function of the app, as in Azure. */
export const webhookUrl = ({ port, eventGridKey }: RunningHost, functionName: string): string =>
  `http://127.0.0.1:${port}/runtime/webhooks/eventgrid?functionName=${functionName}&code=${eventGridKey}`;
