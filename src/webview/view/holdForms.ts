// The three small forms of a hold: words for the agent, another text, a lasting approval.
import { html, nothing, type TemplateResult } from 'lit';
import type { GrantChoice, GrantPreview, HeldItem } from '../../shared/protocol.ts';
import { count } from '../model/words.ts';
import { icon, sentence, shown } from './text.ts';

/** Longest words for an agent. */
const MOST_WORDS = 2000;

export interface FormOptions {
  item: HeldItem;
  cancel(): void;
}

/** Deny with words. What the gate knows to be safer can be put in with one click. */
export function replyForm(
  { item, cancel }: FormOptions,
  send: (message: string) => void,
): TemplateResult {
  const safer = [...new Set(item.assessment.effects.map(({ alternative }) => alternative))]
    .filter((words) => words !== undefined && words !== '')
    .slice(0, 2);
  return form(
    'Deny with words for the agent',
    html`<label for="reply">Why not, or what to do instead</label>
      <textarea id="reply" name="text" rows="3" maxlength=${MOST_WORDS} required></textarea>
      ${safer.map(
        (
          words,
        ) => html`<button type="button" class="suggestion" @click=${putInto('reply', words ?? '')}>
          ${icon('lightbulb')}<span>${sentence(words ?? '')}</span>
        </button>`,
      )}`,
    { label: 'Deny and send', cancel, submit: (data) => send(text(data)) },
  );
}

/** Run another text instead. `original` is undefined until it is known. */
export function editForm(
  { original, cancel }: FormOptions & { original: string | undefined },
  send: (command: string) => void,
): TemplateResult {
  return form(
    'Edit and run',
    html`<label for="edit">The command</label>
      <textarea id="edit" name="text" class="code" rows="5" spellcheck="false" required ?readonly=${original === undefined}
        .value=${original ?? ''}></textarea>
      <p class="note">
        The command above does not run. Yours is read and scored anew, and held again if need be.
      </p>`,
    {
      label: 'Submit this text',
      cancel,
      submit: (data) => send(text(data)),
      isBlocked: original === undefined,
    },
  );
}

export interface GrantFormOptions extends FormOptions {
  choice: GrantChoice;
  preview: GrantPreview | undefined;
  change(choice: GrantChoice): void;
  give(choice: GrantChoice): void;
}

/** Approve, and allow the same from now on: the exact command first. */
export function grantForm(options: GrantFormOptions): TemplateResult {
  const { item, choice, preview, change, give, cancel } = options;
  const offers = item.offers.map(
    (offer) => html`<label class="choice">
      <input type="radio" name="match" .checked=${offer.match === choice.match && offer.kind === choice.kind}
        @change=${() => change({ ...choice, ...offer })} />
      <span>${offer.kind === 'exact' ? 'Exactly this command' : html`<code>${shown(offer.match)}</code>`}</span>
    </label>`,
  );
  return form(
    'Approve, and allow from now on',
    html`<fieldset><legend>What</legend>${offers}</fieldset>
      <fieldset>
        <legend>Where</legend>
        ${radios('scope', SCOPES, choice.scope, (scope) => change({ ...choice, scope }))}
      </fieldset>
      <fieldset>
        <legend>Until</legend>
        ${radios('expiry', EXPIRIES, choice.expiry, (expiry) => change({ ...choice, expiry }))}
      </fieldset>
      <div class="preview" aria-live="polite">${preview ? previewText(preview) : 'Looking at what this would allow…'}</div>`,
    {
      label: 'Approve and allow',
      cancel,
      submit: () => give(choice),
      isBlocked: preview === undefined || preview.refused !== undefined,
    },
  );
}

const SCOPES = {
  session: 'This session',
  workspace: 'This workspace',
  always: 'Everywhere',
} as const satisfies Record<GrantChoice['scope'], string>;

const EXPIRIES = {
  hour: 'One hour',
  today: 'The end of today',
  month: '30 days',
  never: 'Revoked by you',
} as const satisfies Record<GrantChoice['expiry'], string>;

function radios<T extends string>(
  name: string,
  words: Readonly<Record<T, string>>,
  chosen: T,
  change: (value: T) => void,
): TemplateResult[] {
  return (Object.keys(words) as T[]).map(
    (value) => html`<label class="choice">
      <input type="radio" name=${name} .checked=${value === chosen} @change=${() => change(value)} />
      <span>${words[value]}</span>
    </label>`,
  );
}

function previewText(preview: GrantPreview): TemplateResult {
  if (preview.refused !== undefined) {
    return html`<p class="refused">${icon('circle-slash')}${sentence(preview.refused)}</p>`;
  }
  const { newlyAllowed, newlyAllowedCount, text: words } = preview;
  const rest = newlyAllowedCount - newlyAllowed.length;
  return html`<p>${sentence(words)}</p>
    ${
      newlyAllowed.length === 0
        ? nothing
        : html`<ul class="newly">
          ${newlyAllowed.map(({ command, level }) => html`<li><span class="chip chip-${level.toLowerCase()}">${level}</span><code>${shown(command)}</code></li>`)}
          ${rest > 0 ? html`<li>and ${count(rest, 'more command')}</li>` : nothing}
        </ul>`
    }`;
}

interface FormEnd {
  label: string;
  cancel(): void;
  submit(data: FormData): void;
  isBlocked?: boolean;
}

function form(title: string, content: TemplateResult, end: FormEnd): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (end.isBlocked !== true) end.submit(new FormData(event.target as HTMLFormElement));
  };
  return html`<form class="form" aria-label=${title} @submit=${submit}>
    <h3>${title}</h3>
    ${content}
    <div class="buttons">
      <button class="primary" type="submit" aria-disabled=${end.isBlocked === true}>${end.label}</button>
      <button type="button" @click=${end.cancel}>Cancel</button>
    </div>
  </form>`;
}

function text(data: FormData): string {
  return String(data.get('text') ?? '');
}

function putInto(id: string, words: string): () => void {
  return () => {
    const field = document.getElementById(id);
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.value = field.value === '' ? words : `${field.value}\n${words}`;
    field.focus();
  };
}
