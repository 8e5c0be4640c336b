// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

#include <QStringList>

namespace mailward {

/// What the last day was, beside the account's own past. One of the two that departs the most from what is usual for it.
struct AccountTrend {
    std::vector<std::uint32_t> days; ///< oldest first; the last one is the last 24 hours
    QString text;                    ///< "as usual", "mail × 14"
    QString tip;
    Meaning meaning = Meaning::Muted;
    double ratio = 1;                ///< of the last day to a usual one, for the order
};

/// One account as the page Accounts shows it. Counts are those of the page's days.
struct AccountOverviewRow {
    UntrustedText account;
    Meaning risk = Meaning::Muted;
    QString riskText;      ///< "lost", "unusual", "attacked"; empty: nothing speaks against it
    double score = 0;      ///< the detectors' points; 0: no sign
    QStringList reasons;   ///< the weightiest first
    std::optional<Instant> lastGood;
    CountryCode country = kNoCountry; ///< of the last good log-in
    QString countryName;
    UntrustedText network;            ///< of the last good log-in: the operator's name, else the address
    Target networkTarget;
    QStringList countries; ///< names
    std::uint64_t networks = 0;
    std::uint64_t letIn = 0;
    std::uint64_t failed = 0;
    std::uint64_t mails = 0;
    std::uint64_t bounced = 0;
    AccountTrend trend;
    QString protocols; ///< "imap, submission"
    QString backend;   ///< where its password is kept; empty: not read yet
    std::optional<Instant> passwordSince;
    QString state; ///< "locked", "reset 14 Mar"; empty: nothing was done
};

/// Every account with its risk and its own past. Sort keys: account, risk, last, countries, networks, letIn, failed, mails,
/// bounced, trend, password.
class AccountOverviewModel final : public RowTableModel<AccountOverviewRow>
{
    Q_OBJECT

public:
    explicit AccountOverviewModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const AccountOverviewRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const AccountOverviewRow& row) const override;

private:
    [[nodiscard]] Cell passwordCell(const AccountOverviewRow& row) const;
};

/// "2 y", "5 mo", "12 d", "today": how long a password has been the same.
[[nodiscard]] QString ageText(Instant since, Instant now);

} // namespace mailward
