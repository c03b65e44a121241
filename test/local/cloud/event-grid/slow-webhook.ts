/** A program with a webhook that answers its first notification after 40 seconds of its time, the others after 20. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

let notifications = 0;

const server = http.createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [event] = JSON.parse(Buffer.concat(chunks).toString());
  if (request.headers['aeg-event-type'] === 'SubscriptionValidation')
    return void response.end(JSON.stringify({ validationResponse: event.data.validationCode }));
  const arrived = Date.now();
  const seconds = notifications++ === 0 ? 40 : 20;
  setTimeout(() => {
    response.end();
    process.send?.({ arrived, subject: event.subject });
  }, seconds * 1000);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
