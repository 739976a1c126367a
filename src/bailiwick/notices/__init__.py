"""What people are told, where and how. Texts are composed above; each message leaves through one row of the outbox."""
