"""Readers and writers of outside formats. Pure: bytes in, plain values out."""
