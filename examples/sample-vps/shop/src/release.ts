import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is wrong with this artefact on purpose, so that there is something to roll back from. */
export const FAULTS = ['none', 'health', 'errors', 'crash', 'slow'] as const;
export type Fault = (typeof FAULTS)[number];

export interface Release {
  readonly version: string;
  readonly fault: Fault;
}

/** An artefact knows what it was built as: nobody who starts it can make it say another version. */
export function readRelease(directory: string, environment: NodeJS.ProcessEnv): Release {
  const built = JSON.parse(readFileSync(join(directory, 'release.json'), 'utf8')) as { version: string; fault: string };
  return { version: built.version, fault: faultNamed(environment.SHOP_FAULT || built.fault) };
}

function faultNamed(name: string): Fault {
  const found = FAULTS.find((fault) => fault === name);
  if (!found) throw new Error(`fault "${name}" is none of ${FAULTS.join(', ')}`);
  return found;
}
