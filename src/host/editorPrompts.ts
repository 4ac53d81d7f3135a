// Toasts, modals and input boxes of the editor.
import * as vscode from 'vscode';
import type { Prompts } from './prompts.ts';

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
