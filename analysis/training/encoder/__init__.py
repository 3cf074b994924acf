"""How the shipped encoder was made: tokenizer, masked-language pretraining, fine-tuning on all tasks, export (ADR 8).

Needs the optional extra ``train`` (torch). Nothing here is imported when the product runs.
"""
