// `interlock export`: the events of recorded sessions in a form for other tools or for people.
// Invariant: a record that does not hold is exported up to the fault, and that is said.
import * as fs from 'node:fs';
import { type SessionVerdict, verdictText } from '../core/session/verdict.ts';
import { exportCast } from '../node/exportCast.ts';
import { exportRedaction, exportText } from '../node/exportText.ts';
import { sessionFolders } from '../node/sessionFiles.ts';
import { verifySession } from '../node/verifySession.ts';
import { findTrust } from './findTrust.ts';
import type { Output } from './output.ts';
import type { RecordRequest } from './recordArguments.ts';

type ExportRequest = Extract<RecordRequest, { kind: 'export' }>;

/** Returns the exit code: 0, 1 where a record is broken, 2 where there is nothing to export. */
export function runExport(request: ExportRequest, output: Output): number {
  let text = '';
  let verdicts: SessionVerdict[];
  try {
    const folders = sessionFolders(request.place);
    const trust = findTrust(request.place, folders, request.trust);
    const change = request.isRedacted ? exportRedaction() : undefined;
    if (request.format === 'cast' || request.format === 'cast2') {
      const { format, isRedacted, recording } = request;
      const cast = exportCast(folders, { format, isRedacted, recording });
      if (cast.notice !== undefined) output.complain(`${cast.notice}\n`);
      text = cast.text;
      verdicts = folders.map((folder) => verifySession(folder, trust));
    } else {
      const made = exportText(request.format, folders, trust, change);
      verdicts = made.verdicts;
      text = made.text;
    }
    if (request.out !== undefined) fs.writeFileSync(request.out, text, { mode: 0o600 });
  } catch (error) {
    output.complain(`Nothing was exported: ${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
  if (verdicts.length === 0) {
    output.complain(`There is no recorded session in ${request.place}.\n`);
    return 2;
  }
  if (request.out === undefined) output.write(text);
  const broken = verdicts.filter(({ state }) => state !== 'sound');
  for (const verdict of broken) {
    output.complain(`${verdict.folder} is exported up to a fault: ${verdictText(verdict)}\n`);
  }
  return broken.length > 0 ? 1 : 0;
}
