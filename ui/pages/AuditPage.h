// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/AuditTableModel.h"
#include "ui/pages/Page.h"

class QStackedWidget;

namespace mailward {

class DataTable;
class StateLight;
class TextLabel;
class Verbs;

/// Who changed what, when: entries chained by their hashes.
class AuditPage final : public Page
{
    Q_OBJECT

public:
    explicit AuditPage(Verbs* verbs, QWidget* parent = nullptr);
    void setTable(AuditTableModel* model);
    /// The result of checking the whole chain, here and beside the servers; or how far that is.
    void setVerified(const AuditCheckView& found);
    void setZone(const QTimeZone& zone) override;

signals:
    void verifyRequested();
    void exportRequested(const QString& csv);

private:
    DataTable* m_table;
    QStackedWidget* m_stack;
    StateLight* m_light;
    TextLabel* m_details;
};

} // namespace mailward
