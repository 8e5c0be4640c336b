// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QGridLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace mailward {

class TextLabel;

/// How dialogs about a sealed file of new passwords look: a field a line, the first with a button beside it, words, then the buttons.
/// What is added belongs to the dialog. Made and used while the dialog is built.
class SealedFileForm
{
public:
    explicit SealedFileForm(QDialog* dialog);

    void addField(const QString& name, QLineEdit* field, const char* objectName);
    /// Its letters are hidden, and no keyboard learns them.
    void addSecret(const QString& name, QLineEdit* field, const char* objectName);
    /// Beside the first field.
    [[nodiscard]] QPushButton* addChoose(const QString& text);
    void addWords(TextLabel* words);
    /// `cancel` rejects the dialog; `accept` is its default.
    void addButtons(const QString& cancel, QPushButton* accept, const char* objectName);

private:
    QDialog* m_dialog;
    QVBoxLayout* m_all;
    QGridLayout* m_fields;
    int m_lines = 0;
};

} // namespace mailward
