// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ThresholdView.h"

#include <QDialog>

class QCheckBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace mailward {

class TextLabel;

/// All thresholds of the detectors with their units and sources, each to be changed or set back, the jail to compare with, and
/// who changed what. Hands out what differs; decides nothing.
class DetectSettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit DetectSettingsDialog(const ThresholdView& view, QWidget* parent = nullptr);

    [[nodiscard]] ThresholdEdit edit() const;

signals:
    void saveRequested(const mailward::ThresholdEdit& edit);

private:
    struct Line {
        ThresholdRow row;
        QDoubleSpinBox* value = nullptr;
        QPushButton* reset = nullptr;
        std::vector<QWidget*> widgets;
    };
    [[nodiscard]] QWidget* buildRows(const std::vector<ThresholdRow>& rows);
    [[nodiscard]] QWidget* buildJail(const JailView& jail);
    [[nodiscard]] QWidget* buildHistory(const std::vector<QString>& history);
    void search(const QString& text);
    void resetAll();

    std::vector<Line> m_lines;
    QLineEdit* m_search;
    QSpinBox* m_maxretry;
    QSpinBox* m_findtime;
    QSpinBox* m_bantime;
    QCheckBox* m_increment;
};

} // namespace mailward
