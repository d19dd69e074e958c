"""The pages: what people see at the addresses that answer programs, live and as plain files."""
