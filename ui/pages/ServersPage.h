// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ServerTableModel.h"
#include "models/tables/StorageView.h"
#include "ui/pages/Page.h"

class QBoxLayout;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace mailward {

class CapabilityList;
class UnknownLinesList;
class DataTable;
class TextLabel;
class Verbs;

/// The inventory: how each server is, what it has, and what to do about what it lacks.
class ServersPage final : public Page
{
    Q_OBJECT

public:
    explicit ServersPage(Verbs* verbs, QWidget* parent = nullptr);
    void setTable(ServerTableModel* model);
    void setZone(const QTimeZone& zone) override;
    /// Names of the chosen servers; all of them when none is chosen.
    [[nodiscard]] QStringList chosenServers() const;
    void setStorage(const StorageView& view);

signals:
    void addRequested();
    void editRequested(const QString& server);
    void checkRequested(const QString& server);
    void pullRequested(const QString& server);
    void followRequested(const QString& server, bool on);
    void removeRequested(const QString& server); ///< confirmed by the user
    void importRequested();
    void storageRequested();
    /// The person typed the new key's fingerprint, as the server's own console shows it.
    void forgetKeyRequested(const QString& server, const QString& fingerprint);

private:
    void buildButtons(QHBoxLayout* line);
    void refresh();
    void buildStorage(QBoxLayout* body);
    void askRemove();
    [[nodiscard]] QWidget* buildKeyStop();
    [[nodiscard]] const ServerRow* current() const;

    Verbs* m_verbs;
    ServerTableModel* m_model = nullptr;
    DataTable* m_table;
    QStackedWidget* m_stack;
    QPushButton* m_check;
    QPushButton* m_pull;
    QPushButton* m_follow;
    QPushButton* m_edit;
    QPushButton* m_remove;
    TextLabel* m_title;
    TextLabel* m_message;
    TextLabel* m_hint;
    TextLabel* m_legacy;
    QWidget* m_keyStop; ///< what to do about a key that was replaced
    QLineEdit* m_typedKey;
    QPushButton* m_forget;
    TextLabel* m_unchecked;
    CapabilityList* m_capabilities;
    UnknownLinesList* m_unknown;
    TextLabel* m_storage;
};

} // namespace mailward
