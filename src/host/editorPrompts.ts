// Toasts, modals and input boxes of the editor.
import * as vscode from 'vscode';
import { contextKeys } from '../contributions.ts';
import type { Prompts } from './prompts.ts';

/** The window takes what it is told in order, so it has shown every question that was asked before. */
export function caughtUp(): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', contextKeys.asked, true);
}

export const editorPrompts: Prompts = {
  toast: async (text, buttons, isGrave) =>
    isGrave
      ? vscode.window.showErrorMessage(text, ...buttons)
      : vscode.window.showWarningMessage(text, ...buttons),
  modal: async (question, detail, buttons) =>
    vscode.window.showWarningMessage(question, { modal: true, detail }, ...buttons),
  type: async (title, prompt, check) =>
    vscode.window.showInputBox({ title, prompt, ignoreFocusOut: true, validateInput: check }),
  inform: (text) => void vscode.window.showInformationMessage(text),
};
