"""The sub-commands of ``maumgyeol``, one file each, without Qt."""
