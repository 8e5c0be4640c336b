// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/StorageDialog.h"

#include "models/tables/Format.h"
#include "ui/widgets/Layout.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

namespace mailward {

namespace {

constexpr std::uint64_t kMega = 1'000'000;
constexpr std::uint64_t kGiga = 1'000'000'000;

QString bytesText(std::uint64_t bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString dayText(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(instant) / 1000, Qt::UTC).date().toString(QStringLiteral("d MMM yyyy"));
}

QSpinBox* newField(int least, int most, int value, const QString& suffix, const QString& name)
{
    auto* field = new QSpinBox;
    field->setRange(least, most);
    field->setValue(value);
    field->setSuffix(suffix);
    field->setObjectName(name);
    field->setMinimumWidth(130);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setGroupSeparatorShown(true);
    return field;
}

} // namespace

QString storageText(const StorageView& view)
{
    if (view.events == 0) {
        return StorageDialog::tr("No events yet");
    }
    const QString since = view.oldest ? StorageDialog::tr(" since %1").arg(dayText(*view.oldest)) : QString();
    return StorageDialog::tr("%1 events%2 · %3 on disk, %4 of it raw lines").arg(formatCount(view.events), since, bytesText(view.fileBytes), bytesText(view.rawBytes));
}

StorageDialog::StorageDialog(const StorageView& view, QWidget* parent)
    : QDialog(parent), m_view(view), m_days(newField(1, 3650, view.keepDays, tr(" days"), QStringLiteral("keepDays"))),
      m_raw(newField(0, 1'000'000, static_cast<int>((view.keepRawBytes + kMega / 2) / kMega), tr(" MB"), QStringLiteral("keepRaw"))),
      m_total(newField(1, 10'000, std::max(1, static_cast<int>((view.maxBytes + kGiga / 2) / kGiga)), tr(" GB"), QStringLiteral("keepTotal"))),
      m_warning(new TextLabel({}, Token::High))
{
    setObjectName(QStringLiteral("storageDialog"));
    setWindowTitle(tr("What is kept"));
    setMinimumWidth(560);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* now = new TextLabel(tr("Now: %1.").arg(storageText(view)));
    now->setWordWrap(true);
    all->addWidget(now);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kPadding);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    const auto add = [&](const QString& label, QSpinBox* field, const QString& advice) {
        const int row = grid->rowCount();
        auto* name = new TextLabel(label);
        name->setBuddy(field);
        name->setContentsMargins(0, 5, 0, 0);
        field->setAccessibleName(label);
        auto* note = new TextLabel(advice, Token::Muted);
        note->setFont(captionFont());
        note->setWordWrap(true);
        grid->addWidget(name, row, 0, Qt::AlignTop);
        grid->addWidget(field, row, 1, Qt::AlignLeft);
        grid->addWidget(note, row + 1, 1);
        grid->setRowMinimumHeight(row + 2, kSpace);
    };
    add(tr("Events"), m_days, tr("Older events are dropped, and their raw lines with them."));
    add(tr("Raw lines"), m_raw, tr("Kept here so that they can be read when a server is gone. Older ones are fetched from the server when you look at them."));
    add(tr("In all"), m_total, tr("When the store would become larger, the oldest goes first."));
    all->addLayout(grid);
    m_warning->setWordWrap(true);
    all->addWidget(m_warning);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    auto* cancel = rankedButton(tr("Cancel"));
    auto* save = rankedButton(tr("Save"), "primary");
    save->setObjectName(QStringLiteral("saveStorage"));
    save->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    all->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this] {
        emit limitsRequested(m_days->value(), static_cast<std::uint64_t>(m_raw->value()) * kMega, static_cast<std::uint64_t>(m_total->value()) * kGiga);
        accept();
    });
    for (QSpinBox* field : {m_days, m_raw, m_total}) {
        connect(field, &QSpinBox::valueChanged, this, &StorageDialog::tellWhatGoes);
    }
    tellWhatGoes();
    m_days->setFocus();
}

/// What is dropped does not come back by itself: said before it is saved.
void StorageDialog::tellWhatGoes()
{
    const Instant before = Instant(std::chrono::microseconds(QDateTime::currentMSecsSinceEpoch() * 1000)) - std::chrono::hours(24) * m_days->value();
    const bool days = m_view.oldest && *m_view.oldest < before;
    const bool total = m_view.fileBytes > static_cast<std::uint64_t>(m_total->value()) * kGiga;
    m_warning->setText(days ? tr("Events before %1 will be dropped.").arg(dayText(before)) : total ? tr("The oldest events will be dropped until the store is small enough.") : QString());
    m_warning->setVisible(days || total);
}

} // namespace mailward
