// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SlipsDialog.h"

#include "models/tables/Format.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/SecretClipboard.h"
#include "ui/widgets/SlipPainter.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QListWidget>
#include <QPainter>
#include <QPrinter>
#include <QPrinterInfo>
#include <QPushButton>

namespace mailward {

namespace {

const QSizeF kA4(210, 297); // mm
const QLatin1String kToFile("file");

} // namespace

SlipPreview::SlipPreview(const std::vector<SlipView>& slips, QWidget* parent) : QWidget(parent), m_slips(slips)
{
    setMinimumSize(340, 480);
    setAccessibleName(tr("Preview of the page"));
}

int SlipPreview::pages() const
{
    return (static_cast<int>(m_slips.size()) + m_perPage - 1) / m_perPage;
}

void SlipPreview::setPerPage(int perPage)
{
    const int first = m_page * m_perPage;
    m_perPage = perPage;
    setPage(first / perPage);
}

void SlipPreview::setPage(int page)
{
    m_page = std::clamp(page, 0, std::max(0, pages() - 1));
    update();
}

void SlipPreview::setHidden(bool hidden)
{
    m_hidden = hidden;
    update();
}

void SlipPreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = std::min(width() / kA4.width(), height() / kA4.height());
    const QRectF page((width() - kA4.width() * unit) / 2, 0, kA4.width() * unit, kA4.height() * unit - 1);
    painter.fillRect(page, Qt::white); // paper, in either theme
    painter.setPen(color(Token::Line, this));
    painter.drawRect(page);
    const int first = m_page * m_perPage;
    for (int i = first; i < std::min(first + m_perPage, static_cast<int>(m_slips.size())); ++i) {
        paintSlip(painter, slipPlace(page, i - first, m_perPage), m_slips[static_cast<std::size_t>(i)], m_hidden, unit);
    }
    if (m_perPage > 1) {
        painter.setPen(QPen(QColor(160, 160, 160), 1, Qt::DashLine));
        painter.drawLine(QPointF(page.center().x(), page.top()), QPointF(page.center().x(), page.bottom()));
        painter.drawLine(QPointF(page.left(), page.center().y()), QPointF(page.right(), page.center().y()));
    }
}

SlipsDialog::SlipsDialog(std::vector<SlipView> slips, bool fromFile, QWidget* parent)
    : QDialog(parent), m_slips(std::move(slips)), m_fromFile(fromFile), m_preview(new SlipPreview(m_slips)), m_names(new QListWidget), m_perPage(new QComboBox), m_printers(new QComboBox),
      m_show(rankedButton(tr("Show passwords"))), m_copy(rankedButton(tr("Copy password"))), m_previous(rankedButton(tr("‹"), "flat")), m_next(rankedButton(tr("›"), "flat")),
      m_where(new TextLabel({}, Token::Muted)), m_note(new TextLabel({}, Token::Muted)), m_clipboard(new SecretClipboard(this))
{
    setObjectName(QStringLiteral("slipsDialog"));
    setWindowTitle(tr("Slips with the new passwords"));
    resize(860, 640);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(kPadding);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(kPadding);
    auto* left = new QVBoxLayout;
    left->addWidget(m_preview, 1);
    auto* turn = new QHBoxLayout;
    turn->addStretch();
    turn->addWidget(m_previous);
    turn->addWidget(m_where);
    turn->addWidget(m_next);
    turn->addStretch();
    left->addLayout(turn);
    middle->addLayout(left, 3);
    middle->addWidget(buildSide(), 2);
    all->addLayout(middle, 1);
    auto* foot = new QHBoxLayout;
    m_note->setWordWrap(true);
    foot->addWidget(m_note, 1);
    auto* cancel = rankedButton(tr("Cancel"));
    auto* print = rankedButton(counted(m_slips.size(), tr("Print %1 slip"), tr("Print %1 slips")), "primary");
    print->setObjectName(QStringLiteral("printSlips"));
    foot->addWidget(cancel);
    foot->addWidget(print);
    all->addLayout(foot);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(print, &QPushButton::clicked, this, &SlipsDialog::print);
    connect(m_previous, &QPushButton::clicked, this, [this] {
        m_preview->setPage(m_preview->page() - 1);
        refresh();
    });
    connect(m_next, &QPushButton::clicked, this, [this] {
        m_preview->setPage(m_preview->page() + 1);
        refresh();
    });
    m_previous->setAccessibleName(tr("Page before"));
    m_next->setAccessibleName(tr("Next page"));
    connect(m_clipboard, &SecretClipboard::cleared, this, [this] { m_note->setText(tr("The password was taken off the clipboard.")); });
    refresh();
    print->setFocus();
}

SlipsDialog::~SlipsDialog() = default;

QWidget* SlipsDialog::buildSide()
{
    auto* panel = new Panel(counted(m_slips.size(), tr("%1 new password"), tr("%1 new passwords")));
    for (const SlipView& slip : m_slips) {
        m_names->addItem(slip.account.plain());
    }
    m_names->setAccessibleName(tr("Accounts"));
    m_names->setFrameShape(QFrame::NoFrame);
    m_names->setCurrentRow(0);
    panel->body()->addWidget(m_names, 1);
    auto* buttons = new QHBoxLayout;
    m_show->setCheckable(true);
    buttons->addWidget(m_show);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    panel->body()->addLayout(buttons);
    m_perPage->addItem(tr("One slip a page"), 1);
    m_perPage->addItem(tr("Four slips a page"), 4);
    m_perPage->setAccessibleName(tr("Slips on a page"));
    fillPrinters();
    panel->body()->addWidget(m_perPage);
    panel->body()->addWidget(m_printers);
    connect(m_names, &QListWidget::currentRowChanged, this, [this](int row) {
        m_preview->setPage(row / m_perPage->currentData().toInt());
        refresh();
    });
    connect(m_show, &QPushButton::toggled, this, [this](bool on) {
        m_preview->setHidden(!on);
        m_show->setText(on ? tr("Hide passwords") : tr("Show passwords"));
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const int row = m_names->currentRow(); row >= 0) {
            m_clipboard->put(m_slips[static_cast<std::size_t>(row)].password);
            m_note->setText(tr("On the clipboard for 30 seconds."));
        }
    });
    connect(m_perPage, &QComboBox::currentIndexChanged, this, [this] {
        m_preview->setPerPage(m_perPage->currentData().toInt());
        refresh();
    });
    connect(m_printers, &QComboBox::currentIndexChanged, this, &SlipsDialog::refresh);
    return panel;
}

void SlipsDialog::fillPrinters()
{
    m_printers->setObjectName(QStringLiteral("printers"));
    m_printers->setAccessibleName(tr("Printer"));
    const QString usual = QPrinterInfo::defaultPrinterName();
    for (const QString& name : QPrinterInfo::availablePrinterNames()) {
        m_printers->addItem(name, name);
    }
    m_printers->addItem(tr("PDF file …"), QString(kToFile));
    m_printers->setCurrentIndex(std::max(0, m_printers->findData(usual)));
}

void SlipsDialog::refresh()
{
    const int pages = m_preview->pages();
    m_where->setText(tr("page %1 of %2").arg(m_preview->page() + 1).arg(pages));
    m_previous->setEnabled(m_preview->page() > 0);
    m_next->setEnabled(m_preview->page() + 1 < pages);
    m_note->setText(m_printers->currentData() == QString(kToFile) ? tr("No printer is chosen: the file will hold the passwords as they are. Print it, then delete it.")
                                                     : m_fromFile ? tr("They are shown here and on paper. The sealed file goes on holding them: delete it when everybody has theirs.")
                                                                  : tr("They are shown here and on paper only, this once."));
}

void SlipsDialog::print()
{
    if (m_printers->currentData() == QString(kToFile)) {
        printToFile();
    } else {
        printTo(m_printers->currentData().toString(), {});
    }
}

void SlipsDialog::printToFile()
{
    auto* dialog = new QFileDialog(this, tr("Print to a file"), QStringLiteral("slips.pdf"), tr("PDF (*.pdf)"));
    dialog->setObjectName(QStringLiteral("slipsFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("slips.pdf"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { printTo({}, path); });
    dialog->open();
}

void SlipsDialog::printTo(const QString& name, const QString& path)
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setDocName(QStringLiteral("mailward")); // the queue of a printer is read by others
    printer.setPageSize(QPageSize(QPageSize::A4));
    printer.setPageMargins(QMarginsF(0, 0, 0, 0));
    if (path.isEmpty()) {
        printer.setPrinterName(name);
    } else {
        QFile file(path); // ours alone, before anything is in it
        file.open(QIODevice::WriteOnly);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.close();
        printer.setOutputFormat(QPrinter::PdfFormat);
        printer.setOutputFileName(path);
    }
    if (!printer.isValid()) {
        m_note->setText(tr("The printer %1 does not take it. Choose another one.").arg(name));
        return;
    }
    printSlips(printer, m_slips, m_perPage->currentData().toInt());
    if (printer.printerState() == QPrinter::Error || printer.printerState() == QPrinter::Aborted) {
        m_note->setText(path.isEmpty() ? tr("The printer %1 reports an error. Choose another one.").arg(name) : tr("%1 could not be written.").arg(path));
        return;
    }
    emit printed(path.isEmpty() ? tr("printed on %1").arg(name) : tr("printed to a file"));
    accept();
}

} // namespace mailward
