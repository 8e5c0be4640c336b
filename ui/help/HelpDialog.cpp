// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/HelpDialog.h"

#include "ui/theme/Theme.h"

#include <QFile>
#include <QListWidget>
#include <QLocale>
#include <QSplitter>
#include <QTextBrowser>
#include <QToolButton>

namespace mailward {

namespace {

/// The help's own words, in the window's language where there are some.
QString textOf(const QString& topic)
{
    for (const QString& language : {QLocale().name().left(2), QStringLiteral("en")}) {
        QFile file(QStringLiteral(":/mailward/help/%1/%2.md").arg(language, topic));
        if (file.open(QIODevice::ReadOnly)) {
            return QString::fromUtf8(file.readAll());
        }
    }
    return {};
}

/// The first line is "# Title".
QString titleOf(const QString& topic)
{
    const QString text = textOf(topic);
    return text.mid(2, text.indexOf(QLatin1Char('\n')) - 2).trimmed();
}

} // namespace

QStringList HelpDialog::topics()
{
    return {QStringLiteral("start"), QStringLiteral("filter"), QStringLiteral("timeline"), QStringLiteral("map"), QStringLiteral("tables"),
            QStringLiteral("incidents"), QStringLiteral("plan"), QStringLiteral("servers"), QStringLiteral("bans"), QStringLiteral("accounts"), QStringLiteral("export"),
            QStringLiteral("keyboard")};
}

HelpDialog::HelpDialog(QWidget* parent) : QDialog(parent), m_topics(new QListWidget), m_text(new QTextBrowser)
{
    setObjectName(QStringLiteral("help"));
    setWindowTitle(tr("Help"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(kGap, kGap, kGap, kGap);
    auto* split = new QSplitter;
    m_topics->setAccessibleName(tr("Topics"));
    m_topics->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Help text"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    for (const QString& topic : topics()) {
        auto* item = new QListWidgetItem(titleOf(topic), m_topics);
        item->setData(Qt::UserRole, topic);
    }
    split->addWidget(m_topics);
    split->addWidget(m_text);
    split->setSizes({180, 540});
    all->addWidget(split);
    connect(m_topics, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        item != nullptr ? m_text->setMarkdown(textOf(item->data(Qt::UserRole).toString())) : m_text->clear();
    });
    m_topics->setCurrentRow(0);
    resize(760, 520);
}

HelpDialog* HelpDialog::showFor(QWidget* window, const QString& topic)
{
    auto* help = window->findChild<HelpDialog*>(QStringLiteral("help"), Qt::FindDirectChildrenOnly);
    if (help == nullptr) {
        help = new HelpDialog(window);
    }
    help->showTopic(topic);
    help->show();
    help->raise();
    help->activateWindow();
    return help;
}

void HelpDialog::showTopic(const QString& topic)
{
    m_topics->setCurrentRow(std::max(0, static_cast<int>(topics().indexOf(topic))));
}

QString HelpDialog::topic() const
{
    return m_topics->currentItem() != nullptr ? m_topics->currentItem()->data(Qt::UserRole).toString() : QString();
}

QString HelpDialog::topicOf(const QWidget* widget)
{
    for (; widget != nullptr; widget = widget->parentWidget()) {
        if (const QString topic = widget->property("helpTopic").toString(); !topic.isEmpty()) {
            return topic;
        }
    }
    return topics().first();
}

QToolButton* helpButton(const QString& topic, const QString& accessibleName)
{
    auto* button = new QToolButton;
    button->setProperty("flat", true);
    button->setText(QStringLiteral("?"));
    button->setAccessibleName(accessibleName);
    button->setToolTip(HelpDialog::tr("What is this? (F1)"));
    QObject::connect(button, &QToolButton::clicked, button, [button, topic] { HelpDialog::showFor(button->window(), topic); });
    return button;
}

} // namespace mailward
