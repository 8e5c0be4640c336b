// SPDX-License-Identifier: GPL-3.0-or-later
// The picture and the summary that a start without a display leaves.
#include "app/Wiring.h"

#include "models/tables/Format.h"
#include "ui/MainWindow.h"
#include "ui/pages/AccountsPage.h"

#include <QApplication>
#include <QFile>
#include <QTimer>

#include <tuple>

namespace mailward {

namespace {

/// The answer first: what happens, who took part, which accounts are lost.
QString incidentText(const std::vector<IncidentCard>& cards)
{
    QString text;
    for (const IncidentCard& card : cards) {
        text += QStringLiteral("  %1: %2, %3\n    %4\n").arg(card.severityText, card.title, card.when, card.summary);
        QStringList opened;
        for (const Target& account : card.opened) {
            opened << UntrustedText(account.key).plain();
        }
        if (!opened.isEmpty()) {
            const QString more = card.openedMore > 0 ? QObject::tr(" and %1 more").arg(formatCount(card.openedMore)) : QString();
            text += QStringLiteral("    %1 %2%3\n").arg(card.openedText, opened.join(QStringLiteral(", ")), more);
        }
    }
    return text;
}

} // namespace

bool Wiring::isAllShown() const
{
    const quint64 newest = m_store->snapshot()->version();
    return m_loaded && m_importing == 0 && m_triage->seenVersion() == newest && m_incidents->seenVersion() == newest
        && (m_window->currentPage() != m_accountsPage || m_accounts->isUpToDate());
}

/// With --grab: waits until everything is loaded and shown, saves the picture, quits.
void Wiring::grabWhenDone()
{
    if (m_options.grab.isEmpty() && m_options.summary.isEmpty()) {
        return;
    }
    m_imports->post([this] { // behind the files of the command line; what can't be read is told by the store itself
        std::ignore = m_store->waitUntilLoaded();
        QMetaObject::invokeMethod(this, [this] { m_loaded = true; }, Qt::QueuedConnection);
    });
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this, timer] {
        if (!isAllShown()) {
            return;
        }
        timer->stop();
        if (!m_options.summary.isEmpty()) {
            QFile file(m_options.summary);
            if (file.open(QIODevice::WriteOnly)) {
                file.write(summaryText().toUtf8());
            }
        }
        if (!m_options.grab.isEmpty() && !m_window->grab().save(m_options.grab)) {
            std::fprintf(stderr, "mailward: the picture could not be written to %s\n", qUtf8Printable(m_options.grab));
            QApplication::exit(1);
            return;
        }
        QApplication::quit();
    });
    timer->start(400);
}

QString Wiring::summaryText() const
{
    const auto data = m_store->snapshot();
    const auto line = [](const QString& label, quint64 count) { return QStringLiteral("%1 %2\n").arg(label.leftJustified(22), formatCount(count)); };
    QString text = QStringLiteral("Mailward %1\n").arg(QStringLiteral(MAILWARD_VERSION));
    text += line(tr("Incidents"), m_incidents->cards().size()) + incidentText(m_incidents->cards());
    text += line(tr("Events"), data->rows());
    text += line(tr("Addresses"), m_triage->addresses().total());
    text += line(tr("Networks"), m_triage->networks().total());
    text += line(tr("Countries"), m_triage->countries().total());
    text += line(tr("Accounts"), m_triage->accounts().total());
    for (const CountryRow& row : m_triage->countries().rows()) {
        if (row.failed > 0) {
            text += tr("  %1: %2 failed, %3 let in\n").arg(row.name.isEmpty() ? tr("unknown country") : row.name, formatCount(row.failed), formatCount(row.succeeded));
        }
    }
    return text;
}

} // namespace mailward
