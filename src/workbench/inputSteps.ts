import * as vscode from 'vscode';

export interface InputStep {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Validates on the spot; the value it gives is the answer. */
  readonly check: (text: string) => { ok: true; value: string } | { ok: false; problem: string };
}

/** Asks one thing after another in the same box, with a way back; Escape gives nothing. */
export async function inputSteps(
  title: string,
  steps: readonly InputStep[],
): Promise<string[] | undefined> {
  const texts = steps.map((step) => step.value ?? '');
  const answers: string[] = [];
  let index = 0;
  while (index < steps.length) {
    const step = steps[index];
    if (!step) break;
    const outcome = await ask(title, step, index, steps.length, texts[index] ?? '');
    if (outcome.kind === 'cancelled') return undefined;
    texts[index] = outcome.text;
    if (outcome.kind === 'back') {
      index--;
    } else {
      answers[index] = outcome.value;
      index++;
    }
  }
  return answers;
}

type Outcome =
  | { kind: 'accepted'; text: string; value: string }
  | { kind: 'back'; text: string }
  | { kind: 'cancelled' };

function ask(
  title: string,
  step: InputStep,
  index: number,
  total: number,
  text: string,
): Promise<Outcome> {
  const box = vscode.window.createInputBox();
  box.title = title;
  box.step = index + 1;
  box.totalSteps = total;
  box.prompt = step.prompt;
  box.value = text;
  box.placeholder = step.placeholder ?? '';
  box.password = step.password ?? false;
  box.ignoreFocusOut = true;
  box.buttons = index > 0 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<Outcome>((resolve) => {
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidTriggerButton(() => {
      resolve({ kind: 'back', text: box.value });
    });
    box.onDidHide(() => {
      resolve({ kind: 'cancelled' });
    });
    box.onDidAccept(() => {
      const checked = step.check(box.value);
      if (checked.ok) resolve({ kind: 'accepted', text: box.value, value: checked.value });
      else box.validationMessage = checked.problem;
    });
    box.show();
  }).finally(() => box.dispose());
}
