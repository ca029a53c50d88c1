import type * as vscode from 'vscode';
import type { AppRegistry } from '../../apps';
import type { Authorizer } from '../../authorize';
import type { Clock } from '../../base/clock';
import type { Redactor } from '../../base/redact';
import type { HttpClient } from '../../http';
import type { CaptureFiles } from './captureFiles';
import type { Recording } from './recording';
import type { Replays } from './replays';
import type { Secrets } from './secrets';
import type { SimulatorService } from './simulatorService';
import type { Tailing } from './tailing';

/** What commands and views work with; `extension.ts` builds it once. */
export interface Services {
  readonly log: vscode.LogOutputChannel;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly secrets: Secrets;
  readonly apps: AppRegistry;
  readonly authorizer: Authorizer;
  readonly simulator: SimulatorService;
  readonly tailing: Tailing;
  readonly captures: CaptureFiles;
  readonly recording: Recording;
  readonly replays: Replays;
}
