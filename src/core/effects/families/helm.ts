// Rules on helm: releases removed, installed, looked at.
import { READING } from '../readRule.ts';
import type { Rule } from '../types.ts';
import { isDry, kube, second, verb } from './kubernetesRule.ts';

/** Rules on helm. */
export const helmRules: readonly Rule[] = [
  kube({
    id: 'helm/remove',
    programs: ['helm'],
    when: {
      test: (call) => /^(uninstall|delete|del|un|rollback)$/.test(verb(call)) && !isDry(call),
    },
    verb: 'destroy-infrastructure',
    severity: 'serious',
    why: 'It takes the release {target} away or puts an old one in its place.',
    alternative: '`--dry-run` shows what would go.',
    examples: {
      match: ['helm uninstall web', 'helm rollback web 1'],
      noMatch: ['helm list', 'helm uninstall web --dry-run'],
    },
  }),
  kube({
    id: 'helm/replace',
    programs: ['helm'],
    when: {
      any: ['--force', '--reset-values', '--force-replace'],
      test: (call) => !isDry(call) && /^(upgrade|install)$/.test(verb(call)),
    },
    severity: 'serious',
    why: 'It replaces what runs as {target}, or its settings, instead of changing it.',
    recovery: '`helm rollback` goes back to the release before.',
    alternative: '`helm diff upgrade` shows what would change.',
    examples: {
      match: ['helm upgrade web ./chart --force', 'helm upgrade web ./chart --reset-values'],
      noMatch: ['helm upgrade web ./chart', 'helm upgrade web ./chart --force --dry-run'],
    },
  }),
  kube({
    id: 'helm/change',
    programs: ['helm'],
    when: {
      test: (call) =>
        /^(install|upgrade|repo|plugin|push|pull|package|dependency|registry|create|test)$/.test(
          verb(call),
        ) &&
        !isDry(call) &&
        !/^(list|ls|index)$/.test(second(call)),
    },
    why: 'It installs or upgrades {target}.',
    examples: {
      match: ['helm upgrade web ./chart', 'helm install web ./chart'],
      noMatch: ['helm upgrade web ./chart --dry-run', 'helm repo list'],
    },
  }),
  kube({
    id: 'helm/read',
    programs: ['helm'],
    when: {
      test: (call) =>
        /^(list|ls|status|get|history|hist|show|inspect|search|template|lint|version|env|verify|diff)$/.test(
          verb(call),
        ) ||
        (isDry(call) && verb(call) !== 'test') ||
        /^(repo|plugin|dependency) (list|ls)$/.test(`${verb(call)} ${second(call)}`),
    },
    ...READING,
    why: 'It only reads releases and charts.',
    examples: {
      match: ['helm list', 'helm template ./chart'],
      noMatch: ['helm install web ./chart'],
    },
  }),
];
