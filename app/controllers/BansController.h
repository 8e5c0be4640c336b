// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/BanViews.h"
#include "app/controllers/ResponseDesk.h"

#include <QObject>

namespace mailward {

/// What is enforced where, by whom and why; its changes as plans for somebody else to preview; lists in and out; the allow-list.
/// Lives in the window's thread.
class BansController final : public QObject
{
    Q_OBJECT

public:
    explicit BansController(ResponseDesk& desk, QObject* parent = nullptr);

    [[nodiscard]] BanTableModel& bans() { return m_bans; }
    [[nodiscard]] AllowTableModel& allowed() { return m_allowed; }
    /// "mx1 until ...", "mx2 none", for the drawer.
    [[nodiscard]] QStringList banFacts(const IpAddress& address) const;

    /// Reads the allow-list and asks every server.
    void refresh();
    /// The table shows what meets `query` (an address, a network, words), and answered() says who banned it and why.
    void search(const QString& query);

    void lift(const std::vector<BanRow>& rows);
    /// The same networks on every server, whoever of ours banned them.
    void liftEverywhere(const std::vector<BanRow>& rows);
    void changeEnd(const std::vector<BanRow>& rows, std::chrono::seconds left);
    void restore(const QString& server);

    /// `rows`, or all that the table shows when there are none, in the format of that name ("ipset", "cisco-asa" ...).
    [[nodiscard]] QString exported(const std::vector<BanRow>& rows, const QString& format) const;
    [[nodiscard]] static QStringList formats();
    /// Answered by listRead().
    void readFile(const QString& path);
    void readText(const QString& text);
    void readCountry(CountryCode country);
    /// Code and name of every country, by name.
    [[nodiscard]] QList<std::pair<QString, QString>> countries() const;
    void banList(const BanListView& list, const BanListTerms& terms);

    void allow(const Targets& targets);
    /// Replaces the allow-list.
    void setAllowList(const std::vector<AllowRow>& rows);

signals:
    void serversRead(const std::vector<mailward::BanServerView>& servers, const QString& caption);
    void answered(const mailward::BanAnswer& answer);
    void listRead(const mailward::BanListView& list);
    /// Wants to be previewed.
    void planMade(const mailward::Plan& plan);
    void noticed(const mailward::Notice& notice);

private:
    void show();
    void propose(const Result<Plan>& plan);
    void changeAllowList(std::function<Result<QString>(AllowList&)> change);

    ResponseDesk& m_desk;
    BanFacts m_facts;
    std::vector<BanRow> m_rows; ///< all, whatever the search shows
    QString m_query;
    BanTableModel m_bans;
    AllowTableModel m_allowed;
};

} // namespace mailward
