// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/UntrustedText.h"

#include <QPlainTextEdit>

namespace mailward {

/// A read-only field for what is sent, or was written, to the letter.
[[nodiscard]] QPlainTextEdit* rawText(const QString& text);

/// Lines keep their ends; within a line everything odd is escaped as in any other foreign text.
[[nodiscard]] QString linesText(const UntrustedText& text);

} // namespace mailward
