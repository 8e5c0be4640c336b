// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AccountExecutor.h"
#include "models/tables/ContainView.h"

namespace mailward {

/// What the account side answers, as rows and values of the dialog. Pure; any thread.

[[nodiscard]] PasswordStrength passwordStrength(PasswordStyle style, int usual);
[[nodiscard]] PasswordRecipe recipeOf(const ContainChoice& choice);
[[nodiscard]] ContainmentSteps stepsOf(const ContainChoice& choice);
[[nodiscard]] AccountAction actionOf(ContainAction action);
/// What was chosen when a plan was made.
[[nodiscard]] ContainChoice choiceOf(const AccountPlan& plan);

/// Rows, commands, warnings and objections of a preview, into `view`.
void tellPreview(ContainView& view, const AccountPreview& preview);
/// What a preview of an undo means, on top of tellPreview(): what each account becomes, and what that lets in again.
void tellUndo(ContainView& view, const AccountPreview& preview);
/// Servers on which nothing is done, and why.
[[nodiscard]] QStringList leftOutWords(const AccountPreview& preview);
/// Rows, held mail and rules of a report, into `view`.
void tellReport(ContainView& view, const AccountReport& report);
/// Nothing went wrong where the accounts live.
[[nodiscard]] bool isWhole(const AccountReport& report);
/// The account is as it was before, on every server where it was changed.
[[nodiscard]] bool isUndone(const AccountReport& report, const std::string& account);
/// "ending sessions" in the person's words, with how far it is.
[[nodiscard]] QString progressText(const AccountProgress& progress);

} // namespace mailward
