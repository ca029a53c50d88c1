import type { ServerResponse } from 'node:http';
import type { RawAnswer } from './exchange';
import { endToEnd } from './hopByHop';
import { refusal } from './ownAnswers';

/** Sends an answer as it is, with no header added; resolves when it is sent or its reader is gone. */
export function sendAnswer(response: ServerResponse, answer: RawAnswer): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed || response.headersSent) {
      resolve();
      return;
    }
    response.once('close', resolve);
    response.sendDate = false;
    const sent = begin(response, answer);
    response.end(sent.body, () => resolve());
  });
}

function begin(response: ServerResponse, answer: RawAnswer): RawAnswer {
  try {
    writeHead(response, answer);
    return answer;
  } catch (error) {
    // A bot may write bytes that no HTTP library passes on.
    const instead = refusal(502, error instanceof Error ? error.message : String(error));
    writeHead(response, instead);
    return instead;
  }
}

function writeHead(response: ServerResponse, { status, statusText, headers }: RawAnswer): void {
  const flat = endToEnd(headers).flatMap(({ name, value }) => [name, value]);
  // What was not read of the request cannot be told from the next one.
  if (!response.req.complete) flat.push('Connection', 'close');
  response.writeHead(status, statusText, flat);
}
