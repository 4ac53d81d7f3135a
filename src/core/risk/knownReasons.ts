// What an effect is said to do, once it is known that nothing stands where it writes.
import { withoutReplacing } from '../effects/replacing.ts';
import type { Effect } from '../effects/types.ts';
import type { FactReader } from './factReader.ts';

/** The effects; where one and those that its call has by the same rule hit no file, nothing is said of files that they replace. */
export function withKnownReasons(given: readonly Effect[], facts: FactReader): readonly Effect[] {
  const hitsSomething = new Set<string>();
  given.forEach((effect, index) => {
    if (facts.count(index, 'files.count') !== 0) hitsSomething.add(keyOf(effect));
  });
  return given.map((effect) =>
    hitsSomething.has(keyOf(effect))
      ? effect
      : { ...effect, reason: withoutReplacing(effect.reason) },
  );
}

/** `mv a b` has two effects, and only the one on `b` knows what is replaced. */
function keyOf({ invocation, rule }: Effect): string {
  return `${invocation} ${rule}`;
}
