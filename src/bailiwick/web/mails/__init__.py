"""The words of messages: composed here in the person's language, they leave through the outbox (`notices`)."""
