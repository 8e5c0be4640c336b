// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/EarlierController.h"

#include "app/controllers/EarlierRows.h"
#include "models/tables/Format.h"

namespace mailward {

namespace {

Result<std::vector<PasswordSlip>> slipsIn(const QString& path, const Secret& passphrase)
{
    const auto file = HandOverFile::open(path, passphrase);
    auto slips = file ? (*file)->read() : Result<std::vector<PasswordSlip>>(tl::unexpected(file.error()));
    if (slips && slips->empty()) {
        return failure(ErrorCode::NotFound, EarlierController::tr("%1 holds no new passwords.").arg(path), EarlierController::tr("The containment that it was made for ended before it made one."));
    }
    return slips;
}

} // namespace

EarlierController::EarlierController(Post post, const Clock& clock, QObject* parent)
    : QObject(parent), m_post(std::move(post)), m_clock(clock), m_jobs(QStringLiteral("sealed"))
{
}

EarlierController::~EarlierController() = default;

void EarlierController::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    m_rows.setZone(zone);
}

void EarlierController::refresh()
{
    m_post([this, zone = m_zone, now = m_clock.now()](Response& response) {
        auto rows = std::make_shared<std::vector<EarlierRow>>(earlierRows(pastContainments(response.accountJournal(), response.audit().entries(), now), zone));
        QMetaObject::invokeMethod(this, [this, rows] {
            m_rows.setNow(m_clock.now());
            m_rows.setRows(std::move(*rows));
            emit refreshed();
        }, Qt::QueuedConnection);
    });
}

void EarlierController::tellUnfinished()
{
    m_post([this](Response& response) {
        auto plans = std::make_shared<std::vector<AccountPlan>>();
        for (const QString& id : response.accountJournal().unfinished()) {
            if (const AccountPlan* plan = response.accountJournal().plan(id); plan != nullptr) {
                plans->push_back(*plan);
            }
        }
        QMetaObject::invokeMethod(this, [this, plans] {
            if (!plans->empty()) { // the newest; a word on the rest, rather than a pile of notices
                const AccountPlan& plan = plans->back();
                const QString what = counted(plan.accounts.size(), tr("A containment of %1 account was not finished"), tr("A containment of %1 accounts was not finished"));
                QString how = tr("Go on with it, or take it back.");
                how += plans->size() == 1 ? QString() : QLatin1Char(' ') + counted(plans->size() - 1, tr("There is %1 more."), tr("There are %1 more."));
                emit noticed({Meaning::Warning, tr("%1: %2, %3.").arg(what, UntrustedText(plan.from.toStdString()).plain(), formatMomentFully(plan.made, m_zone).section(QLatin1Char('.'), 0, 0)), how,
                              NoticeOffer::EarlierContainments});
            }
        }, Qt::QueuedConnection);
    });
}

void EarlierController::openSealed(const QString& path, std::shared_ptr<const Secret> passphrase)
{
    letGo();
    m_secrets = std::make_unique<SecretsAtWork>();
    m_jobs.post([this, number = m_asked, path, passphrase = std::move(passphrase)] {
        auto slips = std::make_shared<Result<std::vector<PasswordSlip>>>(slipsIn(path, *passphrase));
        QMetaObject::invokeMethod(this, [this, number, slips] {
            if (number != m_asked) {
                return; // the dialog is closed
            }
            if (!*slips) {
                m_secrets.reset();
                emit sealedRefused(slips->error().text, slips->error().hint);
                return;
            }
            takeSlips(std::move(**slips));
            emit sealedOpened();
        }, Qt::QueuedConnection);
    });
}

void EarlierController::takeSlips(std::vector<PasswordSlip> slips)
{
    for (PasswordSlip& slip : slips) {
        m_slips.push_back({UntrustedText(slip.account), slip.servers.join(QStringLiteral(", ")), formatMomentFully(slip.made, m_zone).section(QLatin1Char('.'), 0, 0),
                           std::make_shared<const Secret>(std::move(slip.password))});
    }
}

void EarlierController::letGo()
{
    m_slips.clear();
    m_secrets.reset();
    ++m_asked;
}

} // namespace mailward
