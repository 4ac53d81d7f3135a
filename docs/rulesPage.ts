// Writes docs/rules.md from the rule data: `npm run docs`. A test checks that the page is current.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { families } from '../src/core/effects/registry.ts';
import type { Family, Rule } from '../src/core/effects/types.ts';
import { blastRadiusOf } from '../src/core/risk/assess.ts';
import { levelOf, severityWeights } from '../src/core/risk/weights.ts';

const INTRO = `# Rules

What the gate knows about programs, one rule a section. This page is written from the rule data by
\`npm run docs\`; change the rules in \`src/core/effects/families\`, not this page.

The level is where a rule starts. The place of the target and the facts that are looked up raise or lower it:
deleting build output is LOW, the same deletion in the home folder is CRITICAL. A program that no rule names has
the effect \`unknown/program\` and is asked about.

`;

/** The whole page. */
export function rulesPage(all: readonly Family[] = families): string {
  const contents = all.map(({ name, about }) => `- [${name}](#${name}): ${about}`);
  const sections = all.map(familySection);
  return `${INTRO}The families:\n\n${contents.join('\n')}\n\n${sections.join('\n')}`;
}

function familySection({ name, about, rules }: Family): string {
  return `## ${name}\n\n${about}\n\n${rules.map(ruleSection).join('\n')}`;
}

function ruleSection(rule: Rule): string {
  const { severity, category, reversible } = rule;
  const level = levelOf(severityWeights[severity].points);
  const facts = [
    `starts ${level}`,
    `${category}, blast radius ${blastRadiusOf[category]}`,
    `can be taken back: ${{ yes: 'yes', effort: 'with some work', no: 'no', unknown: 'not known' }[reversible]}`,
  ];
  const lines = [
    `### ${rule.id}`,
    '',
    rule.why.replaceAll('{target}', 'the target'),
    '',
    `- ${facts.join('; ')}`,
    ...(rule.programs.length > 0 ? [`- Programs: ${programsOf(rule)}`] : []),
    ...(rule.recovery === '' ? [] : [`- Afterwards: ${rule.recovery}`]),
    ...(rule.alternative ? [`- Instead: ${rule.alternative}`] : []),
    `- Applies to ${list(rule.examples.match)}`,
    `- Not to ${list(rule.examples.noMatch)}`,
  ];
  return `${lines.join('\n')}\n`;
}

const SHOWN_PROGRAMS = 12;

function programsOf({ programs }: Rule): string {
  const shown = programs.slice(0, SHOWN_PROGRAMS).map(code).join(', ');
  const rest = programs.length - SHOWN_PROGRAMS;
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

const list = (examples: readonly string[]) => examples.map(code).join(', ');

/** Inline code, also where the text holds backticks or line breaks. */
function code(text: string): string {
  const plain = text.replaceAll('\n', ' ↵ ');
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

const isMain = process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1];
if (isMain) writeFileSync(new URL('rules.md', import.meta.url), rulesPage());
