// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/BanView.h"

#include <QDialog>

class QComboBox;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace mailward {

class TextLabel;

/// A list of networks from a file, from the clipboard or of a whole country, and for what it is banned: a plan of its own.
class BanListDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `countries`: code and name, in the order in which they are offered.
    BanListDialog(const QList<std::pair<QString, QString>>& countries, const QStringList& servers, QWidget* parent = nullptr);
    /// What the wish was answered with.
    void setList(const BanListView& list);

signals:
    void fileRequested(const QString& path);
    void textRequested(const QString& text);
    void countryRequested(const QString& code);
    void previewRequested(const mailward::BanListView& list, const mailward::BanListTerms& terms);

private:
    void buildSources(const QList<std::pair<QString, QString>>& countries);
    void buildTerms(const QStringList& servers);
    void openFile();
    void waitForList();
    void refresh();
    [[nodiscard]] BanListTerms terms() const;

    BanListView m_list;
    QComboBox* m_country;
    QPlainTextEdit* m_text;
    TextLabel* m_found;
    QComboBox* m_ports;
    QComboBox* m_ttl;
    QTreeWidget* m_servers;
    QPushButton* m_preview;
};

} // namespace mailward
