// Tools whose printed text is made to be taken over by a shell: `eval "$(brew shellenv)"`, `source <(kubectl completion bash)`.
// Invariant: only a plain call of the tool counts; whoever trusts the tool to run trusts what it prints.
import type { Word } from './types.ts';

const COMPLETIONS =
  /^([\w-]+) completions? (?:bash|zsh|--bash|--zsh|-s bash|--shell bash)$|^(npm) completion$|^(just) --completions (?:bash|zsh)$|^(fzf) --(?:bash|zsh)$/;

const SETTINGS =
  /^(?:(ssh-agent)(?: -s)?|(brew) shellenv(?: bash| zsh)?|(pyenv|rbenv|nodenv|goenv|jenv) init(?: -| --path| --no-rehash| bash| zsh)*|(pyenv) virtualenv-init -|(starship|zoxide|atuin) init (?:bash|zsh)|(direnv) hook (?:bash|zsh)|(mise) activate(?: bash| zsh| --shims)*|(fnm) env(?: --[\w-]+)*|(dircolors)(?: -b)?|(opam) env|(conda) shell\.(?:bash|zsh|posix) hook)$/;

/** The tools that have a command of that name; another program called `completion` may print anything. */
const COMPLETERS = new Set(
  (
    'kubectl helm gh glab docker podman nerdctl kind minikube k3d flux argocd istioctl eksctl doctl hugo golangci-lint ' +
    'goreleaser cosign syft grype trivy oras yq task rustup deno uv poetry pip pip3 npm pnpm gcloud stern kustomize velero ' +
    'cilium crictl talosctl op just mise ruff hatch cargo tailscale buf skaffold tilt'
  ).split(' '),
);

/**
 * The tool whose output `builtin` (eval, source) runs, where that is made for a shell; undefined for anything else.
 * eval takes the text itself, source a file that holds it.
 */
export function printingTool(builtin: string, word: Word): string | undefined {
  const [part, ...others] = word.parts;
  if (part?.kind !== 'substitution' || others.length > 0) return undefined;
  const form = builtin === 'eval' ? /^"?(?:\$\(|`)/ : /^<\(/;
  if (!form.test(word.text)) return undefined;
  const text = part.text.trim();
  const settings = SETTINGS.exec(text)?.slice(1).find(Boolean);
  if (settings !== undefined) return settings;
  const tool = COMPLETIONS.exec(text)?.slice(1).find(Boolean);
  return tool !== undefined && COMPLETERS.has(tool) ? tool : undefined;
}
