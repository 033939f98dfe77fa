// An experiment while its trials end one by one.

import { el, number, runLink, table } from "./dom.js";

/** Trials of an experiment: a row for each arm, filled in as they end. */
export function cells(run, trials) {
  const column = (trial) => "seed " + trial.seed + (trial.fold ? ", fold " + trial.fold : "");
  const row = (trial) => trial.arm + (new Set(trials.map((each) => each.classifier)).size > 1 ? ", " + trial.classifier : "");
  const columns = [...new Set(trials.map(column))];
  const shown = (trial) => {
    if (!trial) return "";
    const text = trial.state === "finished" ? (trial.roc_auc == null ? "finished" : "ROC AUC " + number(trial.roc_auc))
      : trial.state === "training" ? (trial.epochs ? "epoch " + trial.epochs : "begun") : "waiting";
    const path = trial.run && (run ? run + "/" : "") + trial.run;
    return el("span", { class: "badge " + (trial.state === "training" ? "running" : trial.state) }, path ? el("a", { href: runLink(path) }, text) : text);
  };
  return table("Trials", ["arm", ...columns], [...new Set(trials.map(row))].map((name) =>
    [name, ...columns.map((each) => shown(trials.find((trial) => row(trial) === name && column(trial) === each)))]));
}
