# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_fuzz(fuzz_LogFraming CORPUS framing LIBS mailward_logs)
mw_add_fuzz(fuzz_LogLines CORPUS lines LIBS mailward_logs)
mw_add_fuzz(fuzz_LogUnpack CORPUS unpack LIBS mailward_logs)
mw_add_fuzz(fuzz_LogJson CORPUS json LIBS mailward_logs)
