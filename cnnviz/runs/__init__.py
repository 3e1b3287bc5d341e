"""Trainings and what they leave: recipe, queue, progress, store, records, evaluation."""
