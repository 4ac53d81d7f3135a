// The heavy half of the gate in one bundle of its own (dist/engine.js): grammar, rules, facts. The host loads it with
// the first command, so that a window starts without it.
export { createAssessor } from './assessor.ts';
export { loadParser } from './parser.ts';
