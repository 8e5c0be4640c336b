// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/AccountSurveyView.h"

#include <QDialog>

class QTabWidget;

namespace mailward {

class TextLabel;

/// What each server enforces about passwords today, worst first, with the exact settings to change.
class PolicyDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit PolicyDialog(QWidget* parent = nullptr);
    void setPolicy(const std::vector<PolicyServer>& servers);

private:
    [[nodiscard]] QWidget* page(const PolicyServer& server);

    TextLabel* m_note;
    QTabWidget* m_tabs;
};

} // namespace mailward
