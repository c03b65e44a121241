/** The URL of the Durable webhook, and the key for it. */
export type Webhook = { origin: string; taskHub: string; code: string };

const BASE = '/runtime/webhooks/durabletask';

/** The links of the extension for one instance. Rewind and restart are listed, and answer 501. */
export function managementUrls({ origin, taskHub, code }: Webhook, id: string): Record<string, string> {
  const instance = `${origin}${BASE}/instances/${encodeURIComponent(id)}`;
  const query = `taskHub=${taskHub}&connection=Storage&code=${code}`;
  return {
    id,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}

/**
 * The value of a durableClient binding.
 * @param rpcBaseUrl the loopback endpoint that the SDK prefers, ending in a slash
 */
export function clientBinding(webhook: Webhook, rpcBaseUrl: string): object {
  const create = `${webhook.origin}${BASE}/orchestrators/{functionName}[/{instanceId}]`;
  const wait = 'timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}';
  return {
    taskHubName: webhook.taskHub,
    creationUrls: {
      createNewInstancePostUri: `${create}?code=${webhook.code}`,
      createAndWaitOnNewInstancePostUri: `${create}?${wait}&code=${webhook.code}`,
    },
    managementUrls: managementUrls(webhook, 'INSTANCEID'),
    baseUrl: webhook.origin + BASE,
    requiredQueryStringParameters: `code=${webhook.code}`,
    rpcBaseUrl,
  };
}
