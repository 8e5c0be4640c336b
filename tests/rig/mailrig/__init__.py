# SPDX-License-Identifier: GPL-3.0-or-later
"""Real mail servers in network namespaces, and clients that talk to them."""
