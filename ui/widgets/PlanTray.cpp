// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PlanTray.h"

#include "models/tables/BanTableModel.h"
#include "models/tables/Format.h"
#include "ui/theme/Icons.h"

#include <QLayout>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>

namespace mailward {

namespace {

constexpr int kHeight = 46; ///< in one line
constexpr int kLeastMeter = 40;
constexpr int kLeastCovers = 48;

const std::vector<std::uint16_t>& authPorts()
{
    static const std::vector<std::uint16_t> ports{110, 143, 465, 587, 993, 995, 4190}; // in order, as plans have them
    return ports;
}

QToolButton* menuButton(const QString& name)
{
    auto* button = new QToolButton;
    button->setProperty("flat", true);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setMenu(new QMenu(button));
    return button;
}

} // namespace

PlanTray::PlanTray(QWidget* parent)
    : QWidget(parent), m_panel(new Panel), m_title(new TextLabel(tr("Plan"))), m_text(new TextLabel({}, Token::Muted)), m_draft(new QWidget), m_choices(new QWidget), m_effects(new QWidget),
      m_items(menuButton(tr("What is in the plan"))), m_ports(menuButton(tr("Ports"))), m_ttl(menuButton(tr("How long"))),
      m_servers(menuButton(tr("Servers"))), m_offers(new QWidget), m_strength(new QSlider(Qt::Horizontal)), m_offerName(new TextLabel), m_meter(new QProgressBar), m_covers(new TextLabel({}, Token::Muted)), m_people(new TextLabel),
      m_clear(rankedButton(tr("Clear"), "flat")), m_preview(rankedButton(tr("Preview"))), m_apply(rankedButton({}, "primary")), m_waiting(new QWidget),
      m_left(new QProgressBar), m_countdown(new TextLabel), m_confirm(rankedButton(tr("Keep it"), "primary")), m_undo(rankedButton(tr("Undo now")))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_panel);
    auto* line = m_panel->header();
    m_title->setFont(titleFont());
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(m_title);
    buildDraft();
    line->addWidget(m_draft, 10);
    line->addWidget(m_text, 10);
    auto* waiting = new QHBoxLayout(m_waiting);
    buildWaiting(waiting);
    line->addWidget(m_waiting, 10);
    connect(m_clear, &QPushButton::clicked, this, &PlanTray::clearRequested);
    connect(m_preview, &QPushButton::clicked, this, &PlanTray::previewRequested);
    connect(m_apply, &QPushButton::clicked, this, &PlanTray::applyRequested);
    connect(m_confirm, &QPushButton::clicked, this, [this] { emit confirmRequested(m_view.id); });
    connect(m_undo, &QPushButton::clicked, this, [this] { emit undoRequested(m_view.id); });
    connect(&m_timer, &QTimer::timeout, this, &PlanTray::tick);
    setPlan({});
}

void PlanTray::buildDraft()
{
    m_parts = new QBoxLayout(QBoxLayout::LeftToRight, m_draft);
    m_parts->setContentsMargins(0, 0, 0, 0);
    m_parts->setSpacing(kGap);
    m_parts->addWidget(m_choices);
    m_parts->addWidget(m_effects, 1);
    auto* choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(kSpace);
    for (QToolButton* button : {m_items, m_ports, m_ttl, m_servers}) {
        choices->addWidget(button);
    }
    buildOffers();
    choices->addWidget(m_offers);
    choices->addStretch();
    auto* line = new QHBoxLayout(m_effects);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kSpace);
    m_meter->setTextVisible(false);
    m_meter->setRange(0, 1000);
    m_meter->setMinimumWidth(kLeastMeter); // gives way first where the window is narrow
    m_meter->setMaximumWidth(150);
    m_meter->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_covers->setElided();
    m_covers->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_covers->setMinimumWidth(kLeastCovers);
    m_meter->setAccessibleName(tr("Share of the attackers covered"));
    line->addWidget(m_meter);
    line->addSpacing(kSpace);
    line->addWidget(m_covers);
    line->addSpacing(kGap);
    line->addWidget(m_people);
    line->addStretch();
    line->addWidget(m_clear);
    line->addWidget(m_preview);
    line->addSpacing(kSpace);
    line->addWidget(m_apply);
}

/// What is chosen and what it does stand side by side, or one below the other where the window is narrow.
void PlanTray::turnDraft()
{
    const int room = width() - 3 * kPadding - m_title->sizeHint().width();
    const int meter = m_meter->isVisibleTo(m_effects) ? m_meter->sizeHint().width() - kLeastMeter : 0;
    const int wanted = m_choices->sizeHint().width() + kGap + m_effects->sizeHint().width() - meter;
    const bool beside = wanted <= room;
    m_covers->setMinimumWidth(beside ? m_covers->sizeHint().width() : kLeastCovers); // the bar gives way to the words
    m_parts->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    // Whatever the direction, it can be turned: so wide is the wider of the two, and no wider.
    const int effects = m_effects->minimumSizeHint().width() - (beside ? m_covers->minimumWidth() - kLeastCovers : 0);
    m_draft->setMinimumWidth(std::max(m_choices->minimumSizeHint().width(), effects));
    const bool tall = !beside && m_view.state == PlanState::Draft;
    m_panel->setMinimumHeight(tall ? kHeight + m_choices->sizeHint().height() + kGap : kHeight);
}

void PlanTray::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    turnDraft();
}

void PlanTray::buildOffers()
{
    auto* offers = new QHBoxLayout(m_offers);
    offers->setContentsMargins(kGap, 0, 0, 0);
    offers->setSpacing(kSpace * 2);
    m_strength->setObjectName(QStringLiteral("offerSlider"));
    m_strength->setAccessibleName(tr("How hard: gentle, balanced or hard"));
    m_strength->setFixedWidth(84);
    m_strength->setPageStep(1);
    m_offerName->setMinimumWidth(m_offerName->fontMetrics().horizontalAdvance(tr("Balanced")) + kSpace);
    offers->addWidget(m_strength);
    offers->addWidget(m_offerName);
    connect(m_strength, &QSlider::valueChanged, this, &PlanTray::offerChosen);
    m_offers->hide();
}

void PlanTray::buildWaiting(QHBoxLayout* line)
{
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kGap);
    m_left->setTextVisible(false);
    m_left->setFixedWidth(150);
    m_left->setAccessibleName(tr("Time left before the servers undo it"));
    line->addWidget(m_countdown);
    line->addWidget(m_left);
    line->addStretch();
    line->addWidget(m_undo);
    line->addWidget(m_confirm);
}

void PlanTray::setPlan(const PlanView& view)
{
    m_view = view;
    const bool draft = view.state == PlanState::Draft;
    const bool waiting = view.state == PlanState::AwaitingConfirm;
    m_draft->setVisible(draft);
    m_waiting->setVisible(waiting);
    QString text = view.message.plain();
    m_text->setVisible(!draft && (!waiting || !text.isEmpty()));
    if (view.state == PlanState::Empty) {
        text = tr("Nothing planned. Choose addresses, networks or countries and pick Ban: nothing is done on a server before you have seen it.");
    }
    if (!view.hint.isEmpty()) {
        text += QStringLiteral("  ") + view.hint;
    }
    m_text->setText(text);
    m_text->setToolTip(text.toHtmlEscaped());
    m_text->setToken(view.state == PlanState::Failed || waiting ? Token::Critical
                     : view.state == PlanState::Confirmed || view.state == PlanState::Lifted ? Token::Good
                                                          : Token::Muted);
    if (draft) {
        fillDraft();
    }
    turnDraft();
    m_timer.stop();
    if (waiting) {
        m_left->setRange(0, static_cast<int>(std::max<std::uint64_t>(1, view.windowSeconds)));
        m_timer.start(500);
        tick();
    }
}

void PlanTray::fillDraft()
{
    const int chosen = static_cast<int>(std::count_if(m_view.servers.begin(), m_view.servers.end(), [](const PlanServer& s) { return s.chosen; }));
    QStringList names;
    for (const PlanServer& server : m_view.servers) {
        if (server.chosen) {
            names << server.name;
        }
    }
    m_items->setText(counted(m_view.items.size(), tr("%1 prefix"), tr("%1 prefixes")) + QStringLiteral(" ▾"));
    m_ports->setText((m_view.ports == authPorts() ? tr("log-in ports") : portsText(m_view.ports)) + QStringLiteral(" ▾"));
    m_ttl->setText(formatDuration(m_view.ttl) + QStringLiteral(" ▾"));
    m_servers->setText((names.isEmpty() ? tr("no server") : names.size() > 3 ? tr("%1 servers").arg(chosen) : names.join(QLatin1String(", "))) +
                       QStringLiteral(" ▾"));
    m_apply->setText(counted(static_cast<std::uint64_t>(chosen), tr("Apply to %1 server …"), tr("Apply to %1 servers …")));
    m_apply->setEnabled(chosen > 0 && !m_view.items.empty());
    m_preview->setEnabled(m_apply->isEnabled());
    fillMenus();
    fillOffers();
    fillMeter();
}

/// From gentle to hard: the slider, and beside it what the stop at which it stands does.
void PlanTray::fillOffers()
{
    m_offers->setVisible(!m_view.offers.empty());
    if (m_view.offers.empty() || m_view.chosenOffer < 0) {
        return;
    }
    const PlanOffer& offer = m_view.offers[static_cast<std::size_t>(m_view.chosenOffer)];
    const QSignalBlocker quiet(m_strength);
    m_strength->setRange(0, static_cast<int>(m_view.offers.size()) - 1);
    m_strength->setValue(m_view.chosenOffer);
    const std::map<QString, QString> names{{QStringLiteral("gentle"), tr("Gentle")}, {QStringLiteral("balanced"), tr("Balanced")}, {QStringLiteral("hard"), tr("Hard")}};
    const auto name = names.find(offer.name);
    m_offerName->setText(name == names.end() ? offer.name : name->second);
    QStringList tips;
    for (const PlanOffer& one : m_view.offers) {
        const auto known = names.find(one.name);
        tips << tr("%1: %2, covers %3 of the attackers and %4 of those that come next, cuts off %5")
                    .arg(known == names.end() ? one.name : known->second, counted(one.prefixes, tr("%1 prefix"), tr("%1 prefixes")), formatPercent(one.coveredPercent),
                         formatPercent(one.nextCoveredPercent), counted(one.peopleCut, tr("%1 person"), tr("%1 people")));
    }
    m_offers->setToolTip(tips.join(u'\n'));
}

void PlanTray::fillMenus()
{
    m_items->menu()->clear();
    for (std::size_t i = 0; i < std::min<std::size_t>(m_view.items.size(), 30); ++i) {
        const PlanItem& item = m_view.items[i];
        QString text = item.label.plain(48).replace(QLatin1Char('&'), QLatin1String("&&"));
        m_items->menu()->addAction(icon(QStringLiteral("close")), tr("Take out %1").arg(text), this,
                                   [this, target = item.target] { emit removeRequested(target); });
    }
    m_ports->menu()->clear();
    m_ports->menu()->addAction(tr("Log-in ports: %1").arg(portsText(authPorts())), this, [this] { emit portsRequested(authPorts()); });
    m_ports->menu()->addAction(tr("Log-in ports and SSH (22)"), this, [this] {
        auto ports = authPorts();
        ports.insert(ports.begin(), 22);
        emit portsRequested(ports);
    });
    m_ports->menu()->addAction(tr("All ports, incoming mail (25) too"), this, [this] { emit portsRequested({}); });
    m_ttl->menu()->clear();
    for (const int hours : {1, 10, 24, 72, 168}) {
        const std::chrono::hours ttl(hours);
        m_ttl->menu()->addAction(formatDuration(ttl), this, [this, ttl] { emit ttlRequested(ttl); });
    }
    m_servers->menu()->clear();
    for (const PlanServer& server : m_view.servers) {
        QAction* action = m_servers->menu()->addAction(server.ready ? server.name : QStringLiteral("%1: %2").arg(server.name, server.why));
        action->setCheckable(true);
        action->setChecked(server.chosen);
        action->setEnabled(server.ready);
        connect(action, &QAction::triggered, this, [this, name = server.name](bool on) { emit serverToggleRequested(name, on); });
    }
}

/// "and 98.0 % of the next": what the chosen offer is worth tomorrow.
QString PlanTray::nextText() const
{
    const auto index = static_cast<std::size_t>(m_view.chosenOffer);
    return m_view.chosenOffer < 0 ? QString() : tr(", %1 of the next").arg(formatPercent(m_view.offers[index].nextCoveredPercent));
}

void PlanTray::fillMeter()
{
    m_meter->setVisible(m_view.coveredPercent.has_value());
    m_covers->setVisible(m_view.coveredPercent.has_value());
    if (m_view.coveredPercent) {
        m_meter->setValue(static_cast<int>(*m_view.coveredPercent * 10));
        m_covers->setText(m_view.offers.empty() ? tr("%1 of the failures shown").arg(formatPercent(*m_view.coveredPercent))
                                                : tr("covers %1 of the attackers").arg(formatPercent(*m_view.coveredPercent)) + nextText());
    }
    if (!m_view.peopleCutOff) {
        m_people->setText(tr("who is cut off: see the preview"));
        m_people->setToken(Token::Muted);
        return;
    }
    const bool none = *m_view.peopleCutOff == 0;
    m_people->setText(none ? tr("0 people cut off") : counted(*m_view.peopleCutOff, tr("cuts off %1 account"), tr("cuts off %1 accounts")));
    m_people->setToken(none ? Token::Good : Token::Critical);
}

void PlanTray::tick()
{
    const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    const auto left = m_view.deadline ? std::chrono::ceil<std::chrono::seconds>(*m_view.deadline - now) : std::chrono::seconds(0);
    const auto seconds = std::max<std::int64_t>(0, left.count());
    m_left->setValue(static_cast<int>(seconds));
    m_countdown->setText(seconds > 0 ? tr("Enforced. The servers undo it by themselves in %1 unless you keep it.").arg(QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')))
                                     : tr("The servers are undoing it."));
    m_confirm->setEnabled(seconds > 0);
    if (seconds == 0) {
        m_timer.stop();
    }
}

} // namespace mailward
