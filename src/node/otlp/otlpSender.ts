// Sends log records to an OpenTelemetry collector over HTTP, with the official SDK.
// Invariant: loaded only where an address is set; a record counts as sent only when the collector has taken it.
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  LoggerProvider,
  type LogRecordProcessor,
  type ReadableLogRecord,
} from '@opentelemetry/sdk-logs';
import type { OtelLog } from '../../core/session/otelLog.ts';

export interface LogSender {
  /** Rejects where the collector does not take them. */
  send(logs: readonly OtelLog[]): Promise<void>;
  close(): Promise<void>;
}

/** Result code of the SDK for what was taken. */
const TAKEN = 0;
const TIMEOUT_MS = 10_000;

/** `version`: of Interlock. `headers` are asked for with each request, and added to those of the environment. */
export function createOtlpSender(
  url: string,
  version: string,
  headers: () => Promise<Record<string, string>> = async () => ({}),
): LogSender {
  const exporter = new OTLPLogExporter({ url, headers, timeoutMillis: TIMEOUT_MS });
  const collected = new Collected();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'interlock', 'service.version': version }),
    processors: [collected],
  });
  const logger = provider.getLogger('interlock', version);
  return {
    send: (logs) => {
      for (const { at, severity, ...log } of logs) {
        logger.emit({ ...log, timestamp: new Date(at), severityNumber: severity });
      }
      const records = collected.take();
      return new Promise((resolve, reject) => {
        exporter.export(records, ({ code, error }) => {
          if (code === TAKEN) resolve();
          else reject(error ?? new Error('The collector did not take the records.'));
        });
      });
    },
    close: () => exporter.shutdown(),
  };
}

/** Keeps what the logger makes, so that it is known which records a request holds. */
class Collected implements LogRecordProcessor {
  private records: ReadableLogRecord[] = [];

  onEmit(record: ReadableLogRecord): void {
    this.records.push(record);
  }

  take(): ReadableLogRecord[] {
    const { records } = this;
    this.records = [];
    return records;
  }

  async forceFlush(): Promise<void> {
    // Nothing is sent from here.
  }

  async shutdown(): Promise<void> {
    this.records = [];
  }
}
