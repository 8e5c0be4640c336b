// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/StorageView.h"
#include "ui/widgets/TextLabel.h"

#include <QDialog>

class QSpinBox;

namespace mailward {

/// How long events are kept, how many raw lines, and how large the store may become.
class StorageDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit StorageDialog(const StorageView& view, QWidget* parent = nullptr);

signals:
    void limitsRequested(int days, std::uint64_t rawBytes, std::uint64_t totalBytes);

private:
    void tellWhatGoes();

    StorageView m_view;
    QSpinBox* m_days;
    QSpinBox* m_raw;   ///< MB
    QSpinBox* m_total; ///< GB
    TextLabel* m_warning;
};

/// "1,234,567 events since 3 Oct 2026 · 84.2 MB, 51.2 MB of it raw lines"
[[nodiscard]] QString storageText(const StorageView& view);

} // namespace mailward
