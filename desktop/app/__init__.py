"""The running application: start, settings, language, logs."""
