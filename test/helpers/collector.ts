// A receiver of OTLP logs over HTTP, as a collector is one: it takes JSON and can be told to refuse.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

interface AnyValue {
  stringValue?: string;
  intValue?: string | number;
  doubleValue?: number;
  boolValue?: boolean;
}

export interface ReceivedLog {
  timeUnixNano: string;
  severityNumber: number;
  severityText: string;
  eventName?: string;
  body: string;
  attributes: Record<string, string | number | boolean>;
  resource: Record<string, string | number | boolean>;
}

interface Request {
  resourceLogs: {
    resource: { attributes: { key: string; value: AnyValue }[] };
    scopeLogs: {
      logRecords: (Omit<ReceivedLog, 'body' | 'attributes' | 'resource'> & {
        body: AnyValue;
        attributes: { key: string; value: AnyValue }[];
      })[];
    }[];
  }[];
}

export class Collector {
  readonly logs: ReceivedLog[] = [];
  requests = 0;
  /** Header of the last request. */
  authorization: string | undefined;
  /** Status that is answered. */
  status = 200;

  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Collector> {
    const server = http.createServer((request, response) => {
      void collector.take(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const collector = new Collector(server, `http://127.0.0.1:${port}/v1/logs`);
    return collector;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    this.requests += 1;
    this.authorization = request.headers.authorization;
    let text = '';
    for await (const piece of request) text += piece;
    if (this.status === 200) {
      assert.equal(request.url, '/v1/logs');
      assert.equal(request.headers['content-type'], 'application/json');
      this.logs.push(...logsOf(JSON.parse(text)));
    }
    response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
  }
}

function logsOf({ resourceLogs }: Request): ReceivedLog[] {
  return resourceLogs.flatMap(({ resource, scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map((record) => ({
        ...record,
        body: String(plain(record.body)),
        attributes: plainAttributes(record.attributes),
        resource: plainAttributes(resource.attributes),
      })),
    ),
  );
}

function plainAttributes(attributes: { key: string; value: AnyValue }[]) {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
}

function plain(value: AnyValue): string | number | boolean {
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue ?? '';
}
