// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/CutOffTableModel.h"
#include "models/tables/PlanView.h"

#include <QDialog>

namespace mailward {

class Panel;
class Verbs;

/// All that must be seen before anything is done on a server: the exact commands, whom it hits, whom it cuts off, what the
/// guards refused. Apply is here and nowhere else.
class PreviewDialog final : public QDialog
{
    Q_OBJECT

public:
    PreviewDialog(const PreviewView& view, CutOffTableModel* cutOff, Verbs* verbs, QWidget* parent = nullptr);

signals:
    void applyRequested(const QString& typed); ///< `typed`: the number that view.typeToApply asked for

private:
    [[nodiscard]] Panel* figures(const PreviewView& view) const;
    [[nodiscard]] Panel* commands(const PreviewView& view) const;
    [[nodiscard]] Panel* cutOffs(const PreviewView& view, CutOffTableModel* model, Verbs* verbs) const;
    [[nodiscard]] Panel* refusals(const PreviewView& view) const;
};

} // namespace mailward
