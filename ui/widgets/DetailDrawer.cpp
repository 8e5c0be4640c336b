// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/DetailDrawer.h"

#include "models/tables/Format.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Verbs.h"

#include <QGridLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTextBlock>

namespace mailward {

namespace {

/// A text between links, in pieces that a narrow drawer can put below each other.
QStringList phrases(const QString& text)
{
    static constexpr qsizetype kLongestPhrase = 40;
    QStringList pieces;
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (pieces.isEmpty() || pieces.back().size() + word.size() >= kLongestPhrase) {
            pieces << word;
        } else {
            pieces.back() += QLatin1Char(' ') + word;
        }
    }
    return pieces;
}

QFont addressFont()
{
    QFont big = monoFont();
    big.setBold(true);
    big.setPointSizeF(big.pointSizeF() * 1.08);
    return big;
}

} // namespace

DetailDrawer::DetailDrawer(Verbs* verbs, QWidget* parent)
    : QWidget(parent), m_verbs(verbs), m_stack(new QStackedLayout), m_kind(new TextLabel({}, Token::Muted)), m_title(new TextLabel),
      m_country(new TextLabel({}, Token::Muted)), m_ban(rankedButton(tr("Ban"))), m_allow(rankedButton(tr("Allow"))), m_contain(rankedButton(tr("Contain …"))), m_more(rankedButton({})), m_close(rankedButton({}, "flat")),
      m_notice(new TextLabel({}, Token::Muted)), m_fetch(rankedButton({})), m_facts(new QGridLayout), m_timeline(new TimelineChart),
      m_linesTitle(new TextLabel({}, Token::Muted)), m_moreLines(rankedButton(tr("More lines"), "flat")), m_lines(new QPlainTextEdit)
{
    auto* panel = new Panel;
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(panel);
    auto* detail = new QWidget;
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace);
    auto* head = new QHBoxLayout;
    buildHead(head);
    column->addLayout(head);
    m_notice->setWordWrap(true);
    column->addWidget(m_notice);
    m_fetch->setObjectName(QStringLiteral("fetchLines"));
    column->addWidget(m_fetch, 0, Qt::AlignLeft);
    connect(m_fetch, &QPushButton::clicked, this, [this] {
        m_fetch->setEnabled(false);
        m_fetch->setText(tr("Fetching from %1 …").arg(m_view.fetchFrom));
        emit fetchRequested(m_view.missingLine);
    });
    m_facts->setHorizontalSpacing(kPadding);
    m_facts->setVerticalSpacing(3);
    m_facts->setColumnStretch(1, 1);
    column->addLayout(m_facts);
    m_timeline->setMini(true);
    m_timeline->setFixedHeight(58);
    column->addWidget(m_timeline);
    auto* linesHead = new QHBoxLayout;
    linesHead->addWidget(m_linesTitle);
    linesHead->addStretch();
    linesHead->addWidget(m_moreLines);
    column->addLayout(linesHead);
    m_lines->setReadOnly(true);
    m_lines->setProperty("raw", true);
    m_lines->setFont(monoFont());
    m_lines->setMinimumHeight(72);
    m_lines->setWordWrapMode(QTextOption::WrapAnywhere);
    m_lines->setAccessibleName(tr("Raw log lines"));
    column->addWidget(m_lines, 1);
    column->addStretch(0); // where there are no lines, what is left stays below
    panel->body()->addLayout(m_stack); // first: a stack without a place shows its first widget as a window
    m_stack->addWidget(new EmptyState(QStringLiteral("detail"), tr("Nothing chosen"),
                                      tr("Click an address, an account or a line: who it is, what it tried, its raw lines and its bans show up here.")));
    QScrollArea* scroll = calmScroll(detail);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // everything in it wraps or is elided
    m_stack->addWidget(scroll);
    connect(m_moreLines, &QPushButton::clicked, this, [this] { emit moreLinesRequested(m_view.target); });
}

void DetailDrawer::buildHead(QHBoxLayout* head)
{
    m_title->setElided();
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_more->setIcon(icon(QStringLiteral("menu")));
    m_more->setAccessibleName(tr("More verbs"));
    m_more->setToolTip(tr("Filter to, exclude, copy …"));
    head->addWidget(m_title, 1);
    head->addWidget(m_country);
    head->addWidget(m_kind);
    head->addSpacing(kGap);
    head->addWidget(m_ban);
    head->addWidget(m_allow);
    head->addWidget(m_contain);
    head->addWidget(m_more);
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setAccessibleName(tr("Back to the overview"));
    m_close->setToolTip(tr("Back to the overview"));
    head->addWidget(m_close);
    connect(m_close, &QPushButton::clicked, this, [this] { emit m_verbs->drillDownRequested({}); });
    connect(m_ban, &QPushButton::clicked, this, [this] { emit m_verbs->banRequested({m_view.target}); });
    connect(m_allow, &QPushButton::clicked, this, [this] { emit m_verbs->allowRequested({m_view.target}); });
    connect(m_contain, &QPushButton::clicked, this, [this] { emit m_verbs->containRequested({m_view.target}); });
    connect(m_more, &QPushButton::clicked, this,
            [this] { m_verbs->popUp(this, {m_view.target}, m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void DetailDrawer::clear()
{
    m_view = {};
    m_stack->setCurrentIndex(0);
}

void DetailDrawer::setDetail(const DetailView& view)
{
    if (view.facts.empty() && view.lines.empty() && view.notice.isEmpty() && !view.target.isValid()) {
        clear();
        return;
    }
    const bool sameFacts = m_stack->currentIndex() == 1 && view.facts == m_view.facts;
    m_view = view;
    m_kind->setText(view.kind);
    m_kind->setVisible(view.target.kind != TargetKind::Address); // an address says so itself, and needs the room to be read whole
    const bool isAddress = view.target.kind == TargetKind::Address || view.target.kind == TargetKind::Network;
    m_title->setFont(isAddress ? addressFont() : titleFont());
    m_title->setText(view.title.plain());
    m_title->setToolTip(view.title.html(4096));
    m_country->setText(view.country == kNoCountry ? QString() : formatCountry(view.country));
    m_country->setVisible(view.country != kNoCountry);
    m_ban->setVisible(view.canBan);
    m_allow->setVisible(view.canAllow);
    m_contain->setVisible(view.target.kind == TargetKind::Account && m_verbs->canContain());
    m_more->setVisible(view.target.isValid() && view.target.kind != TargetKind::Line);
    m_close->setVisible(view.target.isValid());
    m_notice->setText(view.notice);
    m_notice->setVisible(!view.notice.isEmpty());
    m_fetch->setText(tr("Fetch from %1").arg(view.fetchFrom));
    m_fetch->setVisible(!view.fetchFrom.isEmpty());
    m_fetch->setEnabled(true);
    if (!sameFacts) {
        fillFacts();
    }
    m_timeline->setTimeline(view.timeline);
    m_timeline->setVisible(!view.timeline.bins.empty());
    fillLines();
    m_stack->setCurrentIndex(1);
}

QWidget* DetailDrawer::factWidget(const Fact& fact)
{
    if (fact.parts.size() == 1 && !fact.parts.front().target.isValid()) {
        auto* text = new TextLabel(fact.parts.front().text.plain(), tokenOf(fact.meaning));
        text->setWordWrap(true);
        return text;
    }
    auto* box = new QWidget;
    auto* flow = new FlowLayout(6, box);
    for (const FactPart& part : fact.parts) {
        if (!part.target.isValid()) {
            for (const QString& phrase : phrases(part.text.plain())) {
                flow->addWidget(new TextLabel(phrase, tokenOf(fact.meaning)));
            }
            continue;
        }
        auto* link = new LinkLabel(part.text.plain(64), part.target);
        connect(link, &LinkLabel::activated, m_verbs, &Verbs::drillDownRequested);
        connect(link, &LinkLabel::menuRequested, this,
                [this](const Target& target, QPoint at) { m_verbs->popUp(this, {target}, at); });
        flow->addWidget(link);
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    box->setSizePolicy(policy);
    return box;
}

void DetailDrawer::fillFacts()
{
    clearLayout(m_facts);
    int row = 0;
    for (const Fact& fact : m_view.facts) {
        auto* label = new TextLabel(fact.label, Token::Muted);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        m_facts->addWidget(label, row, 0, Qt::AlignTop);
        m_facts->addWidget(factWidget(fact), row++, 1);
    }
    showLayout(m_facts);
}

void DetailDrawer::fillLines()
{
    const auto shown = static_cast<std::uint64_t>(m_view.lines.size());
    m_linesTitle->setText(m_view.linesTotal > shown ? tr("Raw lines, %1 of %2").arg(formatCount(shown), formatCount(m_view.linesTotal))
                                                    : tr("Raw lines"));
    m_moreLines->setVisible(m_view.linesTotal > shown);
    m_lines->clear();
    QTextCursor cursor(m_lines->document());
    for (std::size_t i = 0; i < m_view.lines.size(); ++i) {
        QTextCharFormat format;
        format.setForeground(color(m_view.lines[i].highlighted ? Token::Text : Token::Muted, this));
        if (i > 0) {
            cursor.insertBlock();
        }
        cursor.insertText(m_view.lines[i].text.plain(4096), format);
    }
    m_lines->moveCursor(QTextCursor::Start);
    m_linesTitle->setVisible(shown > 0);
    m_lines->setVisible(shown > 0);
}

} // namespace mailward
