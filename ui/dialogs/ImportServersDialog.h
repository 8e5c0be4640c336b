// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ConnectionView.h"

#include <QDialog>

class QPushButton;
class QTreeWidget;

namespace mailward {

/// Shows what an ssh configuration would become, and takes the chosen hosts only.
class ImportServersDialog final : public QDialog
{
    Q_OBJECT

public:
    ImportServersDialog(const QString& file, const std::vector<ImportRow>& rows, QWidget* parent = nullptr);
    [[nodiscard]] QStringList chosen() const;

signals:
    void importRequested(const QStringList& names);

private:
    void fill(const std::vector<ImportRow>& rows);
    void refresh();

    QTreeWidget* m_list;
    QPushButton* m_import;
};

} // namespace mailward
