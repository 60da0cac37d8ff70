import { Logger, StreamableFile } from '@nestjs/common';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Follower } from './follower';

/** The media type of Server-Sent Events. */
export const EVENT_STREAM_TYPE = 'text/event-stream; charset=utf-8';

/** A comment, which clients ignore. It shows that the stream is alive, to the client and to proxies. */
export const HEARTBEAT = ':\n\n';

/** Returns the text that sets the milliseconds after which clients open a stream again that has ended. */
export function retryText(milliseconds: number): string {
  return `retry: ${milliseconds}\n\n`;
}

/** Returns the text of an event. JSON has no line breaks, so the data is one line. */
export function eventText(event: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Milliseconds for which a client can take the last events of a stream that the service ends. */
const END_MILLISECONDS = 1000;

/** A response that streams Server-Sent Events. */
export class EventStream extends StreamableFile {
  private static readonly logger = new Logger(EventStream.name);

  /**
   * Streams the texts of events to a follower. Takes the next one when the client has received enough of those before,
   * and ends with the last one. An error breaks the connection. When the client has left, the stream is closed, even if it
   * was never sent because its record could not be written. When the service has ended the follower, the stream is closed
   * soon, even if the client does not read it.
   */
  static of(texts: AsyncIterable<string>, follower: Follower): EventStream {
    const stream = new PassThrough();
    const close = () => {
      if (follower.endReason === 'client left') stream.destroy();
    };
    follower.ended.addEventListener('abort', close);
    close();
    sendTo(stream, texts, follower.ended).catch((error: unknown) => {
      if (!follower.ended.aborted) EventStream.logger.warn(error);
      stream.destroy();
    });
    return new EventStream(stream, { type: EVENT_STREAM_TYPE });
  }
}

async function sendTo(stream: PassThrough, texts: AsyncIterable<string>, ended: AbortSignal): Promise<void> {
  for await (const text of texts) if (!stream.write(text)) await once(stream, 'drain', { signal: ended });
  stream.end();
  if (ended.aborted) setTimeout(() => stream.destroy(), END_MILLISECONDS).unref();
}
