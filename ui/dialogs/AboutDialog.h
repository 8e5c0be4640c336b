// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace mailward {

/// Who we are, which libraries are in use, whose data is shown. All texts are handed in and shown as plain text.
class AboutDialog final : public QDialog
{
    Q_OBJECT

public:
    AboutDialog(const QString& version, const QString& libraries, const QString& warning, const QString& attributions, QWidget* parent = nullptr);
};

} // namespace mailward
