// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ContainView.h"

#include <QDialog>
#include <vector>

class QComboBox;
class QListWidget;
class QPushButton;

namespace mailward {

class SecretClipboard;
class TextLabel;

/// The page as it will be printed; passwords as dots until somebody asks to see them.
class SlipPreview final : public QWidget
{
    Q_OBJECT

public:
    explicit SlipPreview(const std::vector<SlipView>& slips, QWidget* parent = nullptr);
    void setPerPage(int perPage);
    void setPage(int page);
    void setHidden(bool hidden);
    [[nodiscard]] bool isHidden() const { return m_hidden; }
    [[nodiscard]] int page() const { return m_page; }
    [[nodiscard]] int pages() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const std::vector<SlipView>& m_slips;
    int m_perPage = 1;
    int m_page = 0;
    bool m_hidden = true;
};

/// Hands new passwords over on paper: preview, one or four slips a page, printer. The passwords are let go of with the dialog.
class SlipsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `fromFile`: they were in a sealed file, which goes on holding them.
    explicit SlipsDialog(std::vector<SlipView> slips, bool fromFile = false, QWidget* parent = nullptr);
    ~SlipsDialog() override;

signals:
    /// All slips went to the printer or file; `how` is for the audit.
    void printed(const QString& how);

private:
    [[nodiscard]] QWidget* buildSide();
    void fillPrinters();
    void refresh();
    void print();
    void printToFile();
    void printTo(const QString& printer, const QString& file);

    std::vector<SlipView> m_slips;
    bool m_fromFile;
    SlipPreview* m_preview;
    QListWidget* m_names;
    QComboBox* m_perPage;
    QComboBox* m_printers;
    QPushButton* m_show;
    QPushButton* m_copy;
    QPushButton* m_previous;
    QPushButton* m_next;
    TextLabel* m_where;
    TextLabel* m_note;
    SecretClipboard* m_clipboard;
};

} // namespace mailward
